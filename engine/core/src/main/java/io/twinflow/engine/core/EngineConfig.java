package io.twinflow.engine.core;

import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.artifact.FileArtifacts;
import io.twinflow.engine.core.artifact.HttpInputs;
import io.twinflow.engine.core.artifact.JdkHttpSource;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.engine.core.run.RetryPolicy;
import io.twinflow.engine.core.run.TaskTools;
import io.twinflow.engine.core.site.ConfiguredSites;
import io.twinflow.engine.core.task.ExpressionRun;
import io.twinflow.engine.core.task.OutputCollection;
import io.twinflow.engine.core.task.ProcessInputs;
import io.twinflow.engine.core.task.TaskPreparation;
import io.twinflow.engine.core.task.ToolSettings;
import io.twinflow.executors.api.Executor;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.expression.Evaluators;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What an engine is made of.
 *
 * @param home the folder where everything is kept; made if it is not there
 * @param sites where tasks run; whoever made them closes them, after the engine
 * @param definitions reads pinned definitions back
 * @param evaluator of {@code valueFrom}, {@code when} and loops; safe for many threads
 * @param artifacts where inputs and outputs are looked at
 * @param tools {@link StandardTaskTools} outside tests
 * @param retries for what a run's options do not say
 * @param saving when the fold of a long run is saved
 * @param clock of events, retries and run ids
 */
public record EngineConfig(
    Path home,
    ConfiguredSites sites,
    Definitions definitions,
    Evaluator evaluator,
    Artifacts artifacts,
    TaskTools tools,
    RetryPolicy retries,
    SavingRule saving,
    Clock clock) {

  private static final Duration CONNECT = Duration.ofSeconds(20);

  /** CWL as the standard says, files on this machine, inputs also over HTTP. */
  public static EngineConfig standard(Path home, Executor executor) {
    return standard(home, executor, ToolSettings.ofThisProcess());
  }

  /** As {@link #standard(Path, Executor)}, for tools that do not see this process's PATH. */
  public static EngineConfig standard(Path home, Executor executor, ToolSettings settings) {
    return standard(
        home, executor, settings, Evaluators.standard(), new FileArtifacts(), overHttp(home));
  }

  /**
   * As {@link #standard(Path, Executor)}, with what evaluates expressions and what reaches files
   * and URLs: for a server, whose users are not trusted.
   */
  public static EngineConfig standard(
      Path home,
      Executor executor,
      ToolSettings settings,
      Evaluator evaluator,
      Artifacts artifacts,
      RemoteInputs remote) {
    ProcessInputs inputs = new ProcessInputs(evaluator, artifacts, remote);
    ProcessInputs inside = inputs.withoutSearch();
    return new EngineConfig(
        home,
        ConfiguredSites.only(executor),
        CwlLoader::loadPinned,
        evaluator,
        artifacts,
        new StandardTaskTools(
            inputs,
            new TaskPreparation(evaluator, inside, settings),
            new OutputCollection(evaluator, artifacts),
            new ExpressionRun(evaluator, inside)),
        RetryPolicy.DEFAULT,
        SavingRule.DEFAULT,
        Clock.systemUTC());
  }

  /** Inputs on the web. Few runs have such, and a client takes time to make: the first one does. */
  public static RemoteInputs overHttp(Path home) {
    Supplier<HttpClient> client =
        Lazily.once(() ->
            HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(CONNECT)
                .build());
    return new HttpInputs(new JdkHttpSource(client), home.resolve("inputs"));
  }

  public EngineConfig withSites(ConfiguredSites newSites) {
    return new EngineConfig(
        home, newSites, definitions, evaluator, artifacts, tools, retries, saving, clock);
  }

  public EngineConfig withClock(Clock newClock) {
    return new EngineConfig(
        home, sites, definitions, evaluator, artifacts, tools, retries, saving, newClock);
  }

  public EngineConfig withTools(TaskTools newTools) {
    return new EngineConfig(
        home, sites, definitions, evaluator, artifacts, newTools, retries, saving, clock);
  }

  public EngineConfig withRetries(RetryPolicy newRetries) {
    return new EngineConfig(
        home, sites, definitions, evaluator, artifacts, tools, newRetries, saving, clock);
  }

  public EngineConfig withSaving(SavingRule newSaving) {
    return new EngineConfig(
        home, sites, definitions, evaluator, artifacts, tools, retries, newSaving, clock);
  }
}
