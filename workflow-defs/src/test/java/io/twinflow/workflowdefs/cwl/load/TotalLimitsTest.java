package io.twinflow.workflowdefs.cwl.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.TotalLimits;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Definitions whose parts are harmless each, and not together. */
final class TotalLimitsTest {

  private static final String TOOL =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: "true"
      inputs: {}
      outputs: {}
      doc: %s
      """;

  private static String steps(int count, String step) {
    return """
    cwlVersion: v1.2
    class: Workflow
    requirements: {SubworkflowFeatureRequirement: {}}
    inputs: {}
    outputs: {}
    steps:
    """
        + IntStream.range(0, count)
            .mapToObj(i -> "  s%d: %s\n".formatted(i, step.formatted(i)))
            .collect(Collectors.joining());
  }

  private static FakeSources tools(int count, String doc) {
    FakeSources sources = new FakeSources();
    IntStream.range(0, count)
        .forEach(i -> sources.with("t%d.cwl".formatted(i), TOOL.formatted(doc)));
    return sources.with("main.cwl", steps(count, "{run: t%d.cwl, in: {}, out: []}"));
  }

  private static String refusal(FakeSources sources, TotalLimits total) {
    return catchThrowableOfType(
            InvalidDefinitionException.class,
            () -> CwlLoader.load("main.cwl", sources.options().withTotal(total)))
        .getMessage();
  }

  @Test
  void manyFilesAreBoundedTogether() {
    TotalLimits fiveFiles = new TotalLimits(5, 1_000_000, 1_000, 1_000_000);
    assertThatCode(() -> CwlLoader.load("main.cwl", tools(4, "x").options().withTotal(fiveFiles)))
        .doesNotThrowAnyException();
    assertThat(refusal(tools(9, "x"), fiveFiles))
        .startsWith("main.cwl:11:")
        .contains("with this, 6 files are read", "the bound is 5");
    assertThat(refusal(tools(9, "x".repeat(300)), new TotalLimits(50, 1_000, 1_000, 1_000_000)))
        .contains("bytes are read", "the bound is 1,000");
    assertThat(refusal(tools(9, "x"), new TotalLimits(50, 1_000_000, 100, 1_000_000)))
        .contains("values stand in it", "the bound is 100");
  }

  @Test
  void oneTextCountsWhereverItIsIncludedAndIsReadOnce() {
    FakeSources sources =
        new FakeSources()
            .with("big.txt", "x".repeat(1_000))
            .with("main.cwl", steps(9, "{doc: {$include: big.txt}, run: t.cwl, in: {}, out: []}"))
            .with("t.cwl", TOOL.formatted("x"));
    assertThat(refusal(sources, new TotalLimits(50, 1_000_000, 1_000, 5_000)))
        .contains("characters stand in it", "the bound is 5,000");
    assertThat(sources.fetches("big.txt")).isEqualTo(1);
  }

  @Test
  void oneTextCountsWhereverAnAliasPutsIt() {
    FakeSources sources =
        new FakeSources()
            .with(
                "main.cwl",
                TOOL.formatted("[&a %s%s]".formatted("x".repeat(1_000), ", *a".repeat(20))));
    assertThat(refusal(sources, new TotalLimits(50, 1_000_000, 1_000, 5_000)))
        .startsWith("main.cwl:6:")
        .contains("characters stand in it");
  }

  @Test
  void workflowsThatRunEachOtherHaveABoundOnTheirDepth() {
    FakeSources sources = new FakeSources().with("w3000.cwl", TOOL.formatted("x"));
    for (int i = 0; i < 3_000; i++) {
      sources.with(
          "w%d.cwl".formatted(i),
          steps(1, "{run: w%d.cwl, in: {}, out: []}".formatted(i + 1).replace("%", "%%")));
    }
    assertThat(
            catchThrowableOfType(
                InvalidDefinitionException.class,
                () -> CwlLoader.load("w0.cwl", sources.options())))
        .hasMessageContaining("w63.cwl:7:")
        .hasMessageContaining("more than 64 deep");
  }

  /** Each level doubles, for one class of requirements each, under how many the next is used. */
  @Test
  void fewLinesThatAreUsedUnderMoreAndMoreRequirementsAreRefused() {
    String[] requirements = {
      "EnvVarRequirement: {envDef: {A: '%d'}}",
      "ResourceRequirement: {coresMin: %d}",
      "ToolTimeLimit: {timelimit: %d}",
      "SoftwareRequirement: {packages: {p: {version: ['%d']}}}"
    };
    FakeSources sources = new FakeSources().with("w4.cwl", TOOL.formatted("x"));
    for (int level = 0; level < requirements.length; level++) {
      sources.with(
          "w%d.cwl".formatted(level),
          steps(
              60,
              "{run: w%d.cwl, in: {}, out: [], requirements: {%s}}"
                  .formatted(level + 1, requirements[level].replace("%d", "1%1$d"))));
    }
    assertThat(
            catchThrowableOfType(
                InvalidDefinitionException.class,
                () -> CwlLoader.load("w0.cwl", sources.options())))
        .hasMessageContaining("the bound is 300,000");
  }

  @Test
  void listsThatAreLookedUpInEachOtherHaveABound() {
    String names =
        IntStream.range(0, 6_000).mapToObj(i -> "o" + i).collect(Collectors.joining(", "));
    FakeSources sources =
        new FakeSources()
            .with("main.cwl", steps(1, "{run: t.cwl, in: {}, out: [%s]}".formatted(names)))
            .with("t.cwl", TOOL.formatted("x"));
    assertThat(refusal(sources, TotalLimits.DEFAULT))
        .contains("\"out\" of this step has 6,000 entries, and at most 5,000 are read");
  }

  @Test
  void aDocumentThatIsNothingButMistakesIsAnsweredWithSomeOfThem() {
    FakeSources sources =
        new FakeSources()
            .with("main.cwl", steps(4_000, "{run: t.cwl, in: {i: {source: nothing%d}}, out: []}"))
            .with("t.cwl", TOOL.formatted("x"));
    InvalidDefinitionException refused =
        catchThrowableOfType(
            InvalidDefinitionException.class, () -> CwlLoader.load("main.cwl", sources.options()));
    assertThat(refused.problems()).hasSize(1_001);
    assertThat(refused).hasMessageContaining("here is more that is wrong");
  }
}
