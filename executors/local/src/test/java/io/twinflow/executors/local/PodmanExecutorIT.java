package io.twinflow.executors.local;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PodmanExecutorIT extends ContainerContract {

  PodmanExecutorIT() {
    super(ContainerChoice.PODMAN);
  }

  @BeforeAll
  static void needsIt() {
    NeedsEngine.withImages(ContainerChoice.PODMAN);
  }

  /** A hundred containers prove nothing about podman that a few do not. */
  @Override
  @Test
  @Tag("long")
  @SuppressWarnings("JUnitMethodInvoked") // the same test, with another tag
  public void aBigOneIsNotStarvedBySmallOnes() throws Exception {
    super.aBigOneIsNotStarvedBySmallOnes();
  }
}
