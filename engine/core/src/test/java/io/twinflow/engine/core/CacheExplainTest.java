package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.cache.CacheExplain;
import io.twinflow.engine.core.cache.CacheExplanation;
import io.twinflow.engine.core.cache.CacheExplanation.Difference;
import io.twinflow.engine.core.event.Event.Origin;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.executors.testing.FakeExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class CacheExplainTest {

  private static final String CWL =
      """
      class: Workflow
      cwlVersion: v1.2
      requirements: {InlineJavascriptRequirement: {}}
      inputs: {text: string, file: File}
      outputs: {said: {type: string, outputSource: say/said}}
      steps:
        say:
          in: {text: text, file: file}
          out: [said]
          run:
            class: CommandLineTool
            requirements:
              EnvVarRequirement: {envDef: {MODE: fast}}
              ResourceRequirement: {coresMin: 1}
            baseCommand: echo
            inputs: {text: string, file: {type: File, inputBinding: {}}}
            outputs: {said: {type: string, outputBinding: {outputEval: $(inputs.text)}}}
      """;

  @TempDir Path folder;
  private TestEngine test;
  private final SettableClock clock = new SettableClock();

  @BeforeEach
  void open() throws IOException {
    EngineConfig config = TestEngine.config(folder, FakeExecutor.instant()).withClock(clock);
    test = new TestEngine(folder, Engines.open(config));
  }

  @AfterEach
  void close() {
    test.close();
  }

  private RunId run(String cwl, String text, String content, RunOptions options) throws Exception {
    Path file = folder.resolve("data.txt");
    Files.writeString(file, content);
    clock.pass(Duration.ofSeconds(1));
    String inputs =
        "{'text': '%s', 'file': {'class': 'File', 'location': '%s'}}".formatted(text, file.toUri());
    RunId run = test.submit(cwl, inputs, options);
    test.execute(run);
    return run;
  }

  private RunId run(String cwl, String text, String content) throws Exception {
    return run(cwl, text, content, RunOptions.DEFAULT);
  }

  private CacheExplanation explain(RunId run) throws FailureException {
    List<CacheExplanation> all = new CacheExplain(test.engine).explain(run, "say");
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private List<String> differences(RunId run) throws FailureException {
    CacheExplanation why = explain(run);
    assertThat(why.hit()).isEmpty();
    return why.differences().stream().map(Difference::component).toList();
  }

  @Test
  void namesTheCallThatAHitCameFrom() throws Exception {
    RunId first = run(CWL, "a", "1");
    CacheExplanation why = explain(run(CWL, "a", "1"));
    assertThat(why.hit())
        .get()
        .isInstanceOfSatisfying(
            Origin.Cached.class, cached -> assertThat(cached.run()).isEqualTo(first));
    assertThat(why.differences()).isEmpty();
  }

  @Test
  void comparesAFirstCallWithNothing() throws Exception {
    CacheExplanation why = explain(run(CWL, "a", "1"));
    assertThat(why.keyed()).isTrue();
    assertThat(why.comparedWith()).isEmpty();
    assertThat(why.hit()).isEmpty();
  }

  @Test
  void saysThatARunWithoutCacheHasNoKeys() throws Exception {
    run(CWL, "a", "1");
    CacheExplanation why = explain(run(CWL, "a", "1", TwoBranches.UNCACHED));
    assertThat(why.keyed()).isFalse();
    assertThat(why.comparedWith()).isEmpty();
  }

  @Test
  void namesTheInputThatDiffers() throws Exception {
    run(CWL, "a", "1");
    assertThat(differences(run(CWL, "b", "1"))).containsExactly("input text");
  }

  @Test
  void namesTheFileWhoseContentDiffers() throws Exception {
    run(CWL, "a", "1");
    assertThat(differences(run(CWL, "a", "2"))).containsExactly("input file");
  }

  @Test
  void namesTheEnvironmentThatDiffers() throws Exception {
    run(CWL, "a", "1");
    assertThat(differences(run(CWL.replace("fast", "slow"), "a", "1"))).contains("environment");
  }

  @Test
  void namesTheResourcesThatDiffer() throws Exception {
    run(CWL, "a", "1");
    assertThat(differences(run(CWL.replace("coresMin: 1", "coresMin: 2"), "a", "1")))
        .contains("resources");
  }

  @Test
  void namesTheToolAndTheCommandThatDiffer() throws Exception {
    run(CWL, "a", "1");
    assertThat(differences(run(CWL.replace("echo", "printf"), "a", "1")))
        .contains("tool", "command");
  }

  @Test
  void comparesWithTheCallThatDiffersLeast() throws Exception {
    run(CWL, "x", "9");
    RunId near = run(CWL, "a", "2");
    CacheExplanation why = explain(run(CWL, "a", "1"));
    assertThat(why.comparedWith().orElseThrow().run()).isEqualTo(near);
    assertThat(why.differences()).extracting(Difference::component).containsExactly("input file");
  }

  @Test
  void findsNoDifferenceToACallWhoseEntryIsGone() throws Exception {
    run(CWL, "a", "1");
    try (var entries = Files.walk(folder.resolve("home/cache"))) {
      for (Path entry : entries.filter(Files::isRegularFile).toList()) {
        Files.delete(entry);
      }
    }
    CacheExplanation why = explain(run(CWL, "a", "1"));
    assertThat(why.hit()).isEmpty();
    assertThat(why.comparedWith()).isPresent();
    assertThat(why.differences()).isEmpty();
  }
}
