package io.twinflow.engine.core;

import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.run.RetryPolicy;
import io.twinflow.engine.core.run.TaskTools;
import io.twinflow.executors.api.Executor;
import io.twinflow.workflowdefs.expression.Evaluator;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What an engine is made of.
 *
 * @param home the folder where everything is kept; made if it is not there
 * @param executor the site where tasks run; whoever made it closes it, after the engine
 * @param definitions reads pinned definitions back
 * @param tools {@link StandardTaskTools} outside tests
 * @param retries for what a run's options do not say
 */
public record EngineConfig(
    Path home,
    Executor executor,
    Definitions definitions,
    Evaluator evaluator,
    Artifacts artifacts,
    TaskTools tools,
    RetryPolicy retries,
    Clock clock) {

  public EngineConfig withRetries(RetryPolicy newRetries) {
    return new EngineConfig(
        home, executor, definitions, evaluator, artifacts, tools, newRetries, clock);
  }
}
