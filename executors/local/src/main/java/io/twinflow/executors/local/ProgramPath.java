package io.twinflow.executors.local;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.bundle.AttemptFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;

/** Finds a program as execvp(3) does where the tool runs, and says why if it does not. */
final class ProgramPath {

  private static final String USUAL = "/usr/local/bin:/usr/bin:/bin";

  private ProgramPath() {}

  /**
   * @param seen whether the tool sees what lies there: a sandbox hides the homes of people
   */
  static Path find(
      String program, Map<String, String> environment, Path directory, Predicate<Path> seen)
      throws AttemptFailure {
    if (program.isEmpty()) {
      throw new AttemptFailure(FailureKind.USER, "the command is empty");
    }
    if (program.contains("/")) {
      Path path = directory.resolve(program);
      if (!Files.exists(path)) {
        throw new AttemptFailure(FailureKind.USER, "program '%s' does not exist".formatted(path));
      }
      return executable(path);
    }
    String search = environment.getOrDefault("PATH", USUAL);
    Path hidden = null;
    for (String folder : search.split(":", -1)) {
      Path path = directory.resolve(folder).resolve(program);
      if (Files.isRegularFile(path) && Files.isExecutable(path)) {
        if (seen.test(path)) {
          return path;
        }
        hidden = path;
      }
    }
    if (hidden != null) {
      throw new AttemptFailure(
          FailureKind.USER,
          "program '%s' is installed as %s only, which tools in the sandbox do not see; install it for all users, or name a container image that has it"
              .formatted(program, hidden));
    }
    throw new AttemptFailure(
        FailureKind.USER,
        "program '%s' is not installed: looked in PATH=%s; install it, or name a container image that has it"
            .formatted(program, search));
  }

  private static Path executable(Path path) throws AttemptFailure {
    if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
      throw new AttemptFailure(
          FailureKind.USER, "program '%s' is no executable file; see chmod(1)".formatted(path));
    }
    return path;
  }
}
