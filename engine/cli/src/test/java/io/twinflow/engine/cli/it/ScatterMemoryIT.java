package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large scatter in a small heap. */
class ScatterMemoryIT {

  private static final String WORKFLOW =
      """
      cwlVersion: v1.2
      class: Workflow
      requirements: {ScatterFeatureRequirement: {}, InlineJavascriptRequirement: {}}
      inputs: {count: int}
      outputs:
        results: {type: "int[]", outputSource: work/result}
      steps:
        make:
          in: {count: count}
          out: [numbers]
          run:
            class: ExpressionTool
            inputs: {count: int}
            outputs: {numbers: "int[]"}
            expression: |
              ${ var a = []; for (var i = 0; i < inputs.count; i++) { a.push(i); } return {"numbers": a}; }
        work:
          scatter: number
          in: {number: make/numbers}
          out: [result]
          run:
            class: CommandLineTool
            baseCommand: "true"
            inputs: {number: int}
            outputs:
              result: {type: int, outputBinding: {outputEval: $(inputs.number)}}
      """;

  @TempDir private Path folder;

  @Test
  void fiveThousandShardsFitIn256Megabytes() throws Exception {
    scatter(5_000, 300);
  }

  @Test
  @Tag("long")
  void aHundredThousandShardsFitIn256Megabytes() throws Exception {
    scatter(100_000, 1_800);
  }

  private void scatter(int count, long seconds) throws Exception {
    Files.writeString(folder.resolve("w.cwl"), WORKFLOW);

    ChildTwinflow child =
        ChildTwinflow.start(
            folder,
            List.of("-Xmx256m"),
            "run",
            "--no-cache",
            "w.cwl",
            "--count",
            String.valueOf(count));

    assertThat(child.await(seconds)).as(child.err()).isZero();
    assertThat(child.out()).contains("        0,\n        1,\n", "        " + (count - 1) + "\n");
    assertThat(child.err().lines().count()).isLessThan(60);
  }
}
