package io.twinflow.executors.local;

import org.junit.jupiter.api.BeforeAll;

class DockerImagesIT extends ImageTests {

  DockerImagesIT() {
    super(ContainerChoice.DOCKER);
  }

  @BeforeAll
  static void needsIt() {
    NeedsEngine.withImages(ContainerChoice.DOCKER);
  }
}
