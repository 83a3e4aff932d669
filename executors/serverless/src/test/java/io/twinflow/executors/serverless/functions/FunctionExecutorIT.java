package io.twinflow.executors.serverless.functions;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.serverless.attempts.Limits;
import io.twinflow.executors.testing.ExecutorContract;
import io.twinflow.executors.testing.Feature;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** On the functions-framework that {@code peers/functions} starts, with examples/function. */
@EnabledIfEnvironmentVariable(named = "TWINFLOW_FUNCTIONS_URL", matches = ".+")
class FunctionExecutorIT extends ExecutorContract {

  @Override
  protected Executor open(Path scratch) {
    return FunctionSite.open(
        FunctionOptions.at(URI.create(System.getenv("TWINFLOW_FUNCTIONS_URL")), scratch)
            .withLimits(Limits.DEFAULT.withPoll(Duration.ofMillis(100))));
  }

  @Override
  protected Set<Feature> without() {
    return Set.of(
        Feature.ENFORCES_READ_ONLY_INPUTS, Feature.STAGES_ANYWHERE, Feature.KNOWS_SIGNALS);
  }
}
