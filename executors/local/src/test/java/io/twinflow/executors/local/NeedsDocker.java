package io.twinflow.executors.local;

import io.twinflow.executors.local.container.EngineProbe;
import java.io.IOException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Skips tests where docker or an image is absent; in CI, where it must be there, they fail. */
final class NeedsDocker {

  private NeedsDocker() {}

  static void withImage(String image) {
    boolean there =
        new EngineProbe(System.getenv()).find(ContainerChoice.DOCKER).isPresent() && has(image);
    String advice =
        "no docker with the image %s: eval \"$(peers/dockerd start)\"; peers/images"
            .formatted(image);
    if ("true".equals(System.getenv("CI"))) {
      Assertions.assertTrue(there, advice);
    }
    Assumptions.assumeTrue(there, advice);
  }

  private static boolean has(String image) {
    try {
      return new ProcessBuilder("docker", "image", "inspect", image)
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
}
