package io.twinflow.executors.local;

import io.twinflow.executors.local.container.EngineProbe;
import java.util.Locale;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Skips tests where an engine or its images are absent; in CI, where they must be, they fail. */
final class NeedsEngine {

  static final String BASE = "debian:stable-slim";

  private NeedsEngine() {}

  static void withImages(ContainerChoice engine) {
    String name = engine.name().toLowerCase(Locale.ROOT);
    boolean there =
        new EngineProbe(System.getenv()).find(engine).isPresent()
            && Shell.works(name, "image", "inspect", BASE);
    needs(
        there,
        "no %s with the image %s: eval \"$(peers/dockerd start)\"; peers/images; eval \"$(peers/podman)\""
            .formatted(name, BASE));
  }

  static void needs(boolean there, String advice) {
    if ("true".equals(System.getenv("CI"))) {
      Assertions.assertTrue(there, advice);
    }
    Assumptions.assumeTrue(there, advice);
  }
}
