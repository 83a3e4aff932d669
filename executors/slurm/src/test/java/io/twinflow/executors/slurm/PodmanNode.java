package io.twinflow.executors.slurm;

import io.twinflow.executors.bundle.container.ContainerEngines;
import io.twinflow.executors.bundle.container.ContainerTemplate;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The podman that {@code peers/podman} has set up, as the node's jobs use it. */
final class PodmanNode {

  static final String IMAGE = "debian:stable-slim";

  private PodmanNode() {}

  /** Skips where it is absent; in CI, where it must be, fails. */
  static void isNeeded() {
    String advice =
        "no podman with the image %s: eval \"$(peers/dockerd start)\"; peers/images; eval \"$(peers/podman)\""
            .formatted(IMAGE);
    if ("true".equals(System.getenv("CI"))) {
      Assertions.assertTrue(works(), advice);
    }
    Assumptions.assumeTrue(works(), advice);
  }

  private static boolean works() {
    try {
      return new ProcessBuilder("podman", "image", "exists", IMAGE)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Jobs do not have the surroundings of the tests. */
  static ContainerTemplate template() {
    Map<String, String> environment = new LinkedHashMap<>();
    System.getenv()
        .forEach((name, value) -> {
          if (name.startsWith("CONTAINERS_")) {
            environment.put(name, value);
          }
        });
    return ContainerEngines.podman().withEnvironment(environment);
  }
}
