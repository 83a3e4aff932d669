package io.twinflow.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.Engine.RunRequest;
import io.twinflow.engine.core.EngineConfig;
import io.twinflow.engine.core.Engines;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Event.RunOptions.ContainerUse;
import io.twinflow.engine.core.event.Event.RunOptions.OnError;
import io.twinflow.engine.core.fold.OpenTask;
import io.twinflow.engine.core.journal.JournalStore;
import io.twinflow.executors.testing.FakeExecutor;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.LoadOptions;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** A large scatter whose engines die. */
final class LongRun {

  private static final String CWL =
      """
      class: Workflow
      cwlVersion: v1.2
      requirements: {ScatterFeatureRequirement: {}}
      inputs: {numbers: 'int[]'}
      outputs: {result: {type: 'int[]', outputSource: each/number}}
      steps:
        each:
          in: {number: numbers}
          scatter: number
          out: [number]
          run:
            class: CommandLineTool
            baseCommand: 'true'
            inputs: {number: int}
            outputs: {number: {type: int, outputBinding: {outputEval: $(inputs.number)}}}
      """;

  private final Path folder;
  private final JournalStore store;

  LongRun(Path folder, JournalStore store) {
    this.folder = folder;
    this.store = store;
  }

  private static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  Engine engine() throws Exception {
    return Engines.open(
        EngineConfig.standard(folder.resolve("home"), FakeExecutor.instant()), store);
  }

  /** More than share an append, so that none ends the run while it is heard of. */
  private static final int LEFT = 5_000;

  /** Carried until all but 5,000 of its shards have ended. */
  RunId almostDone(int shards) throws Exception {
    Path file = Files.writeString(folder.resolve("workflow.cwl"), CWL);
    List<Value> numbers =
        LongStream.range(0, shards).mapToObj(n -> (Value) new IntegerValue(n)).toList();
    int[] left = {shards - LEFT};
    try (Engine engine = engine()) {
      RunId run =
          engine.submit(
              new RunRequest(
                  CwlLoader.load(file.toString(), LoadOptions.defaults()),
                  new RecordValue(Map.of("numbers", new ListValue(numbers))),
                  new RunOptions(OnError.STOP, false, Map.of(), 0, ContainerUse.AUTO),
                  Map.of(),
                  Optional.empty()));
      dies(engine, run, event -> event instanceof Event.TaskSucceeded && --left[0] == 0);
      return run;
    }
  }

  private interface When {
    boolean isNow(Event event);
  }

  private static void dies(Engine engine, RunId run, When when) throws Exception {
    boolean died = false;
    try {
      engine.execute(
          run,
          new Engine.Follower() {
            @Override
            public void takenUp(Collection<OpenTask> open) {}

            @Override
            public void happened(Envelope envelope) {
              if (when.isNow(envelope.event())) {
                throw new Death();
              }
            }
          });
    } catch (Death e) {
      died = true;
    }
    assertThat(died).isTrue();
  }

  /** The seconds until another engine has taken it up and may act, which then dies, too. */
  double secondsToTakeUp(RunId run) throws Exception {
    try (Engine engine = engine()) {
      long start = System.nanoTime();
      long[] end = {0};
      dies(
          engine,
          run,
          event -> {
            end[0] = System.nanoTime();
            return event instanceof Event.RunOwned;
          });
      return (end[0] - start) / 1e9;
    }
  }
}
