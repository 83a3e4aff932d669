package io.twinflow.executors.local.container;

import io.twinflow.executors.local.ContainerChoice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what runs containers on this machine, by looking, not by starting anything. */
public final class EngineProbe {

  private static final int TIMEOUT_MILLIS = 1000;

  private final Map<String, String> environment;

  public EngineProbe(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  public Optional<ContainerEngine> find(ContainerChoice choice) {
    return switch (choice) {
      case NONE -> Optional.empty();
      case DOCKER -> docker();
      case PODMAN -> podman();
      case AUTO -> docker().or(this::podman);
    };
  }

  /** What to do to get one. */
  public String advice(ContainerChoice choice) {
    return switch (choice) {
      case NONE ->
          "Containers are switched off (--container none): allow them with --container auto";
      case PODMAN -> "Install podman (on Debian and Ubuntu: apt-get install podman)";
      case DOCKER, AUTO ->
          onPath("docker").isPresent()
              ? "docker is installed, but no daemon answers at %s: start it, or set DOCKER_HOST"
                  .formatted(environment.getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock"))
              : "Install docker or podman (on Debian and Ubuntu: apt-get install docker.io)";
    };
  }

  private Optional<ContainerEngine> docker() {
    return onPath("docker")
        .filter(program -> daemonAnswers())
        .map(program -> new ContainerEngine("docker", program));
  }

  private Optional<ContainerEngine> podman() {
    return onPath("podman").map(program -> new ContainerEngine("podman", program));
  }

  private Optional<Path> onPath(String name) {
    for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
      Path program = Path.of(folder, name);
      if (!folder.isEmpty() && Files.isExecutable(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  private boolean daemonAnswers() {
    String host = environment.getOrDefault("DOCKER_HOST", "");
    if (host.isEmpty()) {
      String home = environment.getOrDefault("HOME", "/");
      String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "/nowhere");
      return List.of(
              "/var/run/docker.sock", runtime + "/docker.sock", home + "/.docker/run/docker.sock")
          .stream()
          .anyMatch(socket -> listens(Path.of(socket)));
    }
    URI uri = URI.create(host);
    return switch (String.valueOf(uri.getScheme())) {
      case "unix" -> listens(Path.of(uri.getPath()));
      case "tcp" -> listens(uri.getHost(), uri.getPort() < 0 ? 2375 : uri.getPort());
      // Whatever else docker knows (ssh) is its own affair.
      default -> true;
    };
  }

  private static boolean listens(Path socket) {
    if (!Files.exists(socket)) {
      return false;
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return refused(socket.toString(), e);
    }
  }

  private static boolean listens(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      return true;
    } catch (IOException e) {
      return refused(host + ":" + port, e);
    }
  }

  private static boolean refused(String where, IOException e) {
    System.getLogger(EngineProbe.class.getName())
        .log(System.Logger.Level.DEBUG, "no docker daemon at {0}: {1}", where, e.getMessage());
    return false;
  }
}
