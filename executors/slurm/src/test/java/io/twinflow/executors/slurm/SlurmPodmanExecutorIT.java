package io.twinflow.executors.slurm;

import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.testing.ExecutorContract;
import io.twinflow.executors.testing.Feature;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The same contract in containers: podman on the node of the Slurm that {@code peers/slurm} starts.
 */
@Execution(ExecutionMode.CONCURRENT)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SLURM_URL", matches = ".+")
class SlurmPodmanExecutorIT extends ExecutorContract {

  @BeforeAll
  static void needsIt() {
    PodmanNode.isNeeded();
  }

  @Override
  protected Executor open(Path scratch) {
    return new SlurmExecutor(PeerSlurm.options(scratch).withContainers(PodmanNode.template()))
        .withKnownSize();
  }

  @Override
  protected Set<Feature> without() {
    return Set.of(Feature.EXACT_ENVIRONMENT, Feature.KNOWS_SIGNALS, Feature.KNOWS_CPU_TIME);
  }

  @Override
  protected @Nullable ContainerSpec container() {
    return ContainerSpec.pull(PodmanNode.IMAGE, null);
  }

  /** What follows proves nothing about podman that the rest does not. */
  @Override
  @Test
  @Tag("long")
  @ResourceLock(WHOLE_SITE)
  @SuppressWarnings("JUnitMethodInvoked") // the same test, with another tag
  public void aBigOneIsNotStarvedBySmallOnes() throws Exception {
    super.aBigOneIsNotStarvedBySmallOnes();
  }

  @Override
  @Test
  @Tag("long")
  @ResourceLock(WHOLE_SITE)
  @SuppressWarnings("JUnitMethodInvoked") // the same test, with another tag
  public void twoThatNeedTheWholeSiteDoNotRunTogether() throws Exception {
    super.twoThatNeedTheWholeSiteDoNotRunTogether();
  }

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
  public void closingEndsWhatRunsOrLeavesItToTheNext() throws Exception {
    super.closingEndsWhatRunsOrLeavesItToTheNext();
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
  public void aNewEngineStopsWhatTheDeadOneLeftOrTakesItOver() throws Exception {
    super.aNewEngineStopsWhatTheDeadOneLeftOrTakesItOver();
  }

  @Override
  @Test
  @Tag("long")
  @SuppressWarnings("JUnitMethodInvoked") // the same test, with another tag
  public void anEndThatWasToldIsToldAgainToWhoFindsTheBatch() throws Exception {
    super.anEndThatWasToldIsToldAgainToWhoFindsTheBatch();
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
  @SuppressWarnings("JUnitMethodInvoked") // the same test, with another tag
  public void submittingTheSameBatchAgainChangesNothing() throws Exception {
    super.submittingTheSameBatchAgainChangesNothing();
  }

  @Override
  @Test
  @Tag("long")
  @SuppressWarnings("JUnitMethodInvoked") // the same test, with another tag
  public void aBatchWhoseAnswerWasLostIsFoundByItsKey() throws Exception {
    super.aBatchWhoseAnswerWasLostIsFoundByItsKey();
  }
}
