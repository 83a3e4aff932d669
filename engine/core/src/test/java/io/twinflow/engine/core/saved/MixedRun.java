package io.twinflow.engine.core.saved;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.Engine.RunRequest;
import io.twinflow.engine.core.EngineConfig;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Event.RunOptions.ContainerUse;
import io.twinflow.engine.core.event.Event.RunOptions.OnError;
import io.twinflow.engine.core.run.RetryPolicy;
import io.twinflow.engine.core.site.ConfiguredSites;
import io.twinflow.engine.core.site.Raise;
import io.twinflow.engine.core.site.SitePolicy;
import io.twinflow.engine.core.site.SiteTerms;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Shortage;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.testing.FakeEnd;
import io.twinflow.executors.testing.FakeExecutor;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.LoadOptions;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run in which everything happens that a fold knows: scatters, also of nothing, nested and of
 * sub-workflows, loops, what is skipped, retried, raised, fails, and waits for what failed.
 */
public final class MixedRun {

  private static final String CWL =
      """
      class: Workflow
      cwlVersion: v1.2
      $namespaces: {cwltool: 'http://commonwl.org/cwltool#'}
      requirements:
        ScatterFeatureRequirement: {}
        SubworkflowFeatureRequirement: {}
        StepInputExpressionRequirement: {}
        InlineJavascriptRequirement: {}
      inputs: {numbers: 'int[]', letters: 'string[]', nothing: 'string[]', data: File}
      outputs:
        each: {type: Any, outputSource: each/result}
        files: {type: 'File[]', outputSource: each/same}
        grid: {type: Any, outputSource: grid/said}
        none: {type: Any, outputSource: none/said}
        flaky: {type: Any, outputSource: flaky/said}
        lost: {type: Any, outputSource: after/said}
      steps:
        each:
          in: {number: numbers, data: data}
          scatter: number
          out: [result, same]
          run:
            class: Workflow
            inputs: {number: int, data: File}
            outputs:
              result: {type: Any, outputSource: count/next}
              same: {type: File, outputSource: data}
            steps:
              first:
                in: {text: {source: number, valueFrom: '${return "n" + self;}'}}
                out: [said]
                run: &echo
                  class: CommandLineTool
                  baseCommand: echo
                  temporaryFailCodes: [75]
                  inputs: {text: string}
                  outputs: {said: {type: string, outputBinding: {outputEval: $(inputs.text)}}}
              odd:
                in: {text: first/said, number: number}
                when: $(inputs.number % 2 == 1)
                out: [said]
                run: *echo
              count:
                in: {number: number}
                out: [next]
                run:
                  class: CommandLineTool
                  baseCommand: echo
                  inputs: {number: int}
                  outputs: {next: {type: int, outputBinding: {outputEval: $(inputs.number + 1)}}}
                requirements:
                  cwltool:Loop:
                    loopWhen: $(inputs.number < 3)
                    loop: {number: next}
                    outputMethod: all
        grid:
          in: {text: letters, other: letters}
          scatter: [text, other]
          scatterMethod: nested_crossproduct
          out: [said]
          run: *echo
        none:
          in: {text: nothing}
          scatter: text
          out: [said]
          run: *echo
        flaky:
          in: {text: letters}
          scatter: text
          out: [said]
          run: *echo
        fails:
          in: {text: letters}
          scatter: text
          out: [said]
          run: *echo
        after:
          in: {text: {source: fails/said, valueFrom: '$(self[0])'}}
          out: [said]
          run: *echo
      """;

  /** Tasks whose first attempt fails. */
  public static final int FLAKY = 3;

  private MixedRun() {}

  /** A site where some tasks fail and some only at first. */
  public static FakeExecutor site() {
    return FakeExecutor.ending(task ->
        task.name().equals("/fails[1]")
            ? FakeEnd.exit(1)
            : task.name().startsWith("/flaky") && task.attempt().attempt() == 1
                ? flaky(task.name())
                : FakeEnd.success());
  }

  private static FakeEnd flaky(String name) {
    return switch (name) {
      case "/flaky[0]" -> FakeEnd.exit(75);
      case "/flaky[1]" -> FakeEnd.failure(FailureKind.INFRASTRUCTURE, "the node was lost");
      default ->
          new FakeEnd(
              new Outcome.Failed(FailureKind.RESOURCES, "too little", new Shortage.Memory()),
              Map.of(),
              "",
              "");
    };
  }

  /** Of an engine that tries again at once, and with more memory. */
  public static EngineConfig config(Path folder, FakeExecutor site) {
    SiteTerms terms =
        new SiteTerms(
            Integer.MAX_VALUE,
            Optional.empty(),
            0,
            List.of(),
            false,
            false,
            new Raise(2, 1024, Duration.ofHours(1)));
    return EngineConfig.standard(folder.resolve("home"), site)
        .withSites(
            new ConfiguredSites(List.of(new ConfiguredSites.Entry(site, terms)), SitePolicy.FIRST))
        .withRetries(
            new RetryPolicy(Map.of(FailureKind.INFRASTRUCTURE, 3), Duration.ZERO, Duration.ZERO));
  }

  /** Makes it. */
  public static RunId submit(Engine engine, Path folder) throws Exception {
    Path workflow = Files.writeString(folder.resolve("mixed.cwl"), CWL);
    Path data = Files.writeString(folder.resolve("data.txt"), "x");
    String inputs =
        """
        {"numbers": [1, 5, 0, 2, 3], "letters": ["a", "ü", "c"], "nothing": [],
         "data": {"class": "File", "location": "%s"}}
        """
            .formatted(data.toUri());
    return engine.submit(
        new RunRequest(
            CwlLoader.load(workflow.toString(), LoadOptions.defaults()),
            (RecordValue) ValueJson.read(inputs),
            new RunOptions(OnError.CONTINUE, false, Map.of(), 2, ContainerUse.AUTO),
            Map.of("kind", "mixed"),
            Optional.empty()));
  }
}
