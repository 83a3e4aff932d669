package io.twinflow.executors.local;

import org.junit.jupiter.api.BeforeAll;

class DockerIT extends ContainerTests {

  DockerIT() {
    super(ContainerChoice.DOCKER);
  }

  @BeforeAll
  static void needsIt() {
    NeedsEngine.withImages(ContainerChoice.DOCKER);
  }
}
