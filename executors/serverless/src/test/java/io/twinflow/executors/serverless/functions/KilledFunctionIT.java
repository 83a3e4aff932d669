package io.twinflow.executors.serverless.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.serverless.attempts.Limits;
import io.twinflow.executors.serverless.attempts.Trial;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A runtime of its own, which is killed. */
@Timeout(180)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_FUNCTIONS_URL", matches = ".+")
class KilledFunctionIT {

  @TempDir private Path folder;
  @TempDir private Path peers;
  private String port = "0";

  private String peer(String action) throws Exception {
    Path script = Path.of(System.getenv("TWINFLOW_ROOT"), "peers", "functions");
    ProcessBuilder builder =
        new ProcessBuilder(script.toString(), action).redirectErrorStream(true);
    builder.environment().put("TWINFLOW_PEERS", peers.toString());
    builder.environment().put("TWINFLOW_PORT", port);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void whatRanWhenARuntimeWasKilledIsNotRunAgainAndTheRestWaitsForTheNextOne() throws Exception {
    String said = peer("start");
    URI function = URI.create(said.substring(said.lastIndexOf("http://")).strip());
    port = Integer.toString(function.getPort());
    Trial trial = new Trial(folder);
    Executor executor =
        FunctionSite.open(
            FunctionOptions.at(function, folder.resolve("shared"))
                .withLimits(Limits.DEFAULT.withPoll(Duration.ofMillis(100))));
    try {
      BatchHandle running =
          executor.submit(
              trial.batch(trial.task(executor, "sleep 2"), trial.task(executor, "sleep 2")));
      trial.until(executor, running, Trial::runs);
      peer("kill");
      BatchHandle waiting = executor.submit(trial.batch(trial.task(executor, "true")));
      trial.untilHeard(executor, waiting, "does not answer");
      peer("start");
      trial.succeeds(executor, waiting);
      trial.succeeds(executor, running);
    } finally {
      executor.close();
      peer("stop");
    }
  }
}
