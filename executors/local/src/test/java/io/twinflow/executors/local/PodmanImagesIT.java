package io.twinflow.executors.local;

import org.junit.jupiter.api.BeforeAll;

class PodmanImagesIT extends ImageTests {

  PodmanImagesIT() {
    super(ContainerChoice.PODMAN);
  }

  @BeforeAll
  static void needsIt() {
    NeedsEngine.withImages(ContainerChoice.PODMAN);
  }
}
