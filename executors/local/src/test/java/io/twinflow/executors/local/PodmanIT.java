package io.twinflow.executors.local;

import org.junit.jupiter.api.BeforeAll;

class PodmanIT extends ContainerTests {

  PodmanIT() {
    super(ContainerChoice.PODMAN);
  }

  @BeforeAll
  static void needsIt() {
    NeedsEngine.withImages(ContainerChoice.PODMAN);
  }
}
