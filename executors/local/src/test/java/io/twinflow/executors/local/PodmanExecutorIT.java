package io.twinflow.executors.local;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

class PodmanExecutorIT extends ContainerContract {

  PodmanExecutorIT() {
    super(ContainerChoice.PODMAN);
  }

  @BeforeAll
  static void needsIt() {
    NeedsEngine.withImages(ContainerChoice.PODMAN);
  }

  /** What follows proves nothing about podman that it does not prove of Docker. */
  @Override
  @Test
  @Tag("long")
  @SuppressWarnings("JUnitMethodInvoked") // the same test, with another tag
  public void aBatchOfManyEndsWithAnAnswerForEach() throws Exception {
    super.aBatchOfManyEndsWithAnAnswerForEach();
  }

  @Override
  @Test
  @Tag("long")
  @SuppressWarnings("JUnitMethodInvoked") // the same test, with another tag
  public void attemptsOfABatchEndInAnyOrder() throws Exception {
    super.attemptsOfABatchEndInAnyOrder();
  }

  @Override
  @Test
  @Tag("long")
  @SuppressWarnings("JUnitMethodInvoked") // the same test, with another tag
  public void observingNothingNewTakesItsTimeAndTellsNothing() throws Exception {
    super.observingNothingNewTakesItsTimeAndTellsNothing();
  }

  @Override
  @Test
  @Tag("long")
  @SuppressWarnings("JUnitMethodInvoked") // the same test, with another tag
  public void severalBatchesAreObservedInOneCall() throws Exception {
    super.severalBatchesAreObservedInOneCall();
  }

  @Override
  @Test
  @Tag("long")
  @ResourceLock(WHOLE_SITE)
  @SuppressWarnings("JUnitMethodInvoked") // the same test, with another tag
  public void twoThatNeedTheWholeSiteDoNotRunTogether() throws Exception {
    super.twoThatNeedTheWholeSiteDoNotRunTogether();
  }
}
