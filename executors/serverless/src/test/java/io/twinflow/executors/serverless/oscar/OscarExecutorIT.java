package io.twinflow.executors.serverless.oscar;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.serverless.attempts.Limits;
import io.twinflow.executors.testing.ExecutorContract;
import io.twinflow.executors.testing.Feature;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a stand-in: see {@link OscarStandIn}. */
class OscarExecutorIT extends ExecutorContract {

  private static OscarStandIn oscar;

  @BeforeAll
  static void start() {
    oscar = new OscarStandIn();
  }

  @AfterAll
  static void stop() {
    oscar.close();
  }

  @Override
  protected Executor open(Path scratch) {
    return OscarSite.open(
        OscarOptions.at(
                oscar.uri(),
                new OscarOptions.Access.Basic(OscarStandIn.USER, () -> OscarStandIn.PASSWORD),
                scratch)
            .withLimits(Limits.DEFAULT.withPoll(Duration.ofMillis(100))));
  }

  @Override
  protected Set<Feature> without() {
    return Set.of(
        Feature.ENFORCES_READ_ONLY_INPUTS, Feature.STAGES_ANYWHERE, Feature.KNOWS_SIGNALS);
  }
}
