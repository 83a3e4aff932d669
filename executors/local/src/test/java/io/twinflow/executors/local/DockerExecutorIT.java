package io.twinflow.executors.local;

import org.junit.jupiter.api.BeforeAll;

class DockerExecutorIT extends ContainerContract {

  DockerExecutorIT() {
    super(ContainerChoice.DOCKER);
  }

  @BeforeAll
  static void needsIt() {
    NeedsEngine.withImages(ContainerChoice.DOCKER);
  }
}
