package io.twinflow.engine.cli;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/** Docker, which a machine may have or not. */
public final class NeedsDocker {

  private NeedsDocker() {}

  /** Whether a daemon answers. */
  public static boolean isThere() {
    return succeeds("docker", "version");
  }

  /** Fails where nothing may be skipped. */
  public static void inContinuousIntegration() {
    if (!isThere() && "true".equals(System.getenv("CI"))) {
      fail(
          "no container engine answers, and with CI=true nothing may be skipped:"
              + " eval \"$(peers/dockerd start)\"; peers/images");
    }
  }

  /** Without docker and the image the test is skipped, or fails where nothing may be skipped. */
  public static void withImage(String image) {
    inContinuousIntegration();
    boolean there = isThere() && succeeds("docker", "image", "inspect", image);
    Assumptions.assumeTrue(
        there, "no docker with the image " + image + ": peers/dockerd start; peers/images");
  }

  private static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command)
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
