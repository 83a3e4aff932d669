package io.twinflow.executors.local;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.local.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Runs a tool in a view of this machine that is read-only but for the attempt's own folders, and
 * without network unless the tool asks for it (bwrap(1)).
 */
final class Bubblewrap {

  private static final Path PROGRAM = Path.of("/usr/bin/bwrap");

  private final Sandbox wanted;
  private final Apart apart;
  private Optional<Boolean> works = Optional.empty();

  Bubblewrap(Sandbox wanted, List<Path> hidden) {
    this.wanted = wanted;
    this.apart = new Apart(hidden);
  }

  /**
   * @param status a file for what it tells of itself: {@link SandboxStart} reads it
   */
  Launch around(Launch launch, TaskSpec task, List<Path> writable, Path status)
      throws IOException, AttemptFailure {
    if (!isUsed()) {
      return launch;
    }
    List<String> arguments =
        new ArrayList<>(List.of("bwrap", "--json-status-fd", "3", "--ro-bind", "/", "/"));
    arguments.addAll(apart.view(task));
    if (!task.networkAccess()) {
      arguments.add("--unshare-net");
    }
    for (Path folder : writable) {
      if (Files.exists(folder)) {
        arguments.addAll(List.of("--bind", folder.toString(), folder.toString()));
      }
    }
    for (Staging entry : task.staging()) {
      if (entry instanceof Staging.InPlace thing) {
        String source = Path.of(thing.source()).toRealPath().toString();
        arguments.addAll(List.of("--bind", source, source));
      } else {
        arguments.addAll(apart.source(entry));
      }
    }
    arguments.addAll(List.of("--chdir", launch.directory().toString(), "--"));
    arguments.add(launch.program().toString());
    arguments.addAll(launch.arguments().subList(1, launch.arguments().size()));
    return new Launch(
        PROGRAM,
        arguments,
        launch.environment(),
        launch.directory(),
        launch.stdin(),
        launch.stdout(),
        launch.stderr(),
        status);
  }

  /**
   * Whether a tool sees a file of this machine.
   *
   * @param shown folders that it sees wherever they lie
   */
  Predicate<Path> seenBesides(List<Path> shown) throws IOException, AttemptFailure {
    Set<Path> buried = isUsed() ? apart.buried() : Set.of();
    return file -> shown.stream().anyMatch(file::startsWith) || isOutside(buried, file);
  }

  /** A link may lie in such a folder, and what it leads to as well. */
  private static boolean isOutside(Set<Path> folders, Path file) {
    try {
      Path place = file.resolveSibling(".").toRealPath();
      Path real = file.toRealPath();
      return folders.stream().noneMatch(f -> place.startsWith(f) || real.startsWith(f));
    } catch (IOException e) {
      // Gone in this moment: there is nothing to see.
      return false;
    }
  }

  private boolean isUsed() throws AttemptFailure {
    return switch (wanted) {
      case NONE -> false;
      case AUTO -> works();
      case BWRAP -> {
        if (!works()) {
          throw new AttemptFailure(
              FailureKind.USER,
              "bubblewrap was asked for and %s does not work here: install it (on Debian and Ubuntu: apt-get install bubblewrap), or run without --sandbox"
                  .formatted(PROGRAM));
        }
        yield true;
      }
    };
  }

  synchronized boolean works() {
    if (works.isEmpty()) {
      works = Optional.of(Files.isExecutable(PROGRAM) && tryIt());
    }
    return works.get();
  }

  /** More than once, because mounts that come and go beside it spoil a try. */
  private boolean tryIt() {
    for (int tries = 1; tries <= SandboxStart.MOST; tries++) {
      if (makesOne()) {
        return true;
      }
    }
    return false;
  }

  private boolean makesOne() {
    List<String> command =
        new ArrayList<>(List.of(PROGRAM.toString(), "--ro-bind", "/", "/", "--unshare-net"));
    command.addAll(apart.namespaces());
    command.add("/bin/true");
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      System.getLogger(Bubblewrap.class.getName())
          .log(System.Logger.Level.DEBUG, "bubblewrap does not start", e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
