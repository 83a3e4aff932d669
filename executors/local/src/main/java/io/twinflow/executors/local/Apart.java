package io.twinflow.executors.local;

import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What bubblewrap is told so that a tool of somebody who is not trusted sees nothing of others:
 * folders look empty, and there are no processes and devices but its own. Without hidden folders
 * the tool is trusted with that.
 *
 * @param hidden folders
 */
record Apart(List<Path> hidden) {

  /**
   * Sockets lie there, of the system and of container engines, and a read-only view of them works.
   */
  private static final Path SOCKETS = Path.of("/run");

  private static final Path NAME_SERVERS = Path.of("/etc/resolv.conf");
  private static final Path DEVICES = Path.of("/dev");
  private static final String GPUS = "{nvidia*,dri,kfd}";

  List<String> namespaces() {
    return hidden.isEmpty()
        ? List.of()
        : List.of("--unshare-user", "--unshare-pid", "--unshare-ipc", "--proc", "/proc");
  }

  List<String> view(TaskSpec task) throws IOException {
    if (hidden.isEmpty()) {
      return List.of("--dev-bind", "/dev", "/dev");
    }
    List<String> arguments = new ArrayList<>(namespaces());
    arguments.addAll(List.of("--dev", "/dev"));
    if (task.resources().gpus() > 0) {
      gpus(arguments);
    }
    // One that holds another comes first, or it would bury the other's mount.
    buried().stream()
        .sorted(java.util.Comparator.comparingInt(Path::getNameCount))
        .forEach(folder -> arguments.addAll(List.of("--tmpfs", folder.toString())));
    if (task.networkAccess() && Files.exists(NAME_SERVERS)) {
      show(NAME_SERVERS.toRealPath(), arguments);
    }
    return arguments;
  }

  /** Where a tool sees nothing but what is shown to it; none for one that is trusted. */
  Set<Path> buried() throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    if (hidden.isEmpty()) {
      return folders;
    }
    folders.add(SOCKETS);
    for (Path folder : hidden) {
      if (Files.isDirectory(folder)) {
        folders.add(folder.toRealPath());
      }
    }
    return folders;
  }

  private static void gpus(List<String> arguments) throws IOException {
    try (DirectoryStream<Path> devices = Files.newDirectoryStream(DEVICES, GPUS)) {
      for (Path device : devices) {
        arguments.addAll(List.of("--dev-bind", device.toString(), device.toString()));
      }
    }
  }

  /** An input may lie in a hidden folder. */
  List<String> source(Staging entry) throws IOException {
    List<String> arguments = new ArrayList<>();
    if (entry instanceof Staging.Link link && !hidden.isEmpty()) {
      Path source = path(link.source());
      Path real = source.toRealPath();
      show(real, arguments);
      if (!real.equals(source)) {
        arguments.addAll(List.of("--ro-bind", real.toString(), source.toString()));
      }
    }
    return arguments;
  }

  private void show(Path real, List<String> arguments) {
    if (real.startsWith(SOCKETS) || hidden.stream().anyMatch(real::startsWith)) {
      arguments.addAll(List.of("--ro-bind", real.toString(), real.toString()));
    }
  }

  private static Path path(URI source) {
    return Path.of(source);
  }
}
