package io.twinflow.engine.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.twinflow.engine.core.artifact.FileArtifacts;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.executors.testing.FakeExecutor;
import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.JobLoader;
import io.twinflow.workflowdefs.cwl.load.LoadOptions;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.expression.Evaluators;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines of tools of the CWL suite that print their arguments. */
class SuiteCommandsIT {

  private static final Evaluator EVALUATOR = Evaluators.standard();

  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "bwa-mem-tool.cwl | bwa-mem-job.json | bwa mem -t 2 -I 1,2,3,4 -m 3 chr20.fa example_human_Illumina.pe_1.fastq example_human_Illumina.pe_2.fastq",
        "binding-test.cwl | bwa-mem-job.json | bwa mem chr20.fa -XXX -YYY example_human_Illumina.pe_1.fastq -YYY example_human_Illumina.pe_2.fastq",
        "tmap-tool.cwl | tmap-job.json | tmap mapall stage1 map1 --min-seq-length 20 map2 --min-seq-length 20 stage2 map1 --max-seq-length 20 --min-seq-length 10 --seed-length 16 map2 --max-seed-hits -1 --max-seq-length 20 --min-seq-length 10",
        "cat1-testcli.cwl | cat-job.json | cat hello.txt",
        "cat1-testcli.cwl | cat-n-job.json | cat -n hello.txt",
        "inline-js.cwl | empty.json | -A 2 -B baz -C 10 9 8 7 6 5 4 3 2 1 -D",
        "record-order.cwl | record-order-job.json | -a -b 1 -c 3 -d -e 2 -f 4",
      })
  void hasTheArgumentsThatTheSuiteExpects(String tool, String job, String expected)
      throws Exception {
    Path tests = tests();
    LoadOptions options = LoadOptions.defaults();
    WorkflowDocument document = CwlLoader.load(tests.resolve(tool).toString(), options);
    PlannedTool planned =
        new PlannedTool(
            (CommandLineTool) document.process(),
            document.process().header().requirements(),
            document.ontology());

    List<String> command =
        new TaskPreparation(
                EVALUATOR,
                new ProcessInputs(EVALUATOR, new FileArtifacts(), RemoteInputs.NONE),
                ToolSettings.ofThisProcess())
            .prepare(
                planned,
                JobLoader.load(tests.resolve(job).toString(), options).values(),
                Bench.ATTEMPT,
                FakeExecutor.instant(),
                new RunOptions(
                    RunOptions.OnError.STOP, true, Map.of(), 3, RunOptions.ContainerUse.AUTO))
            .spec()
            .command();

    assertThat(command.stream().skip(2).map(SuiteCommandsIT::basename))
        .containsExactlyElementsOf(Arrays.asList(expected.split(" ")));
  }

  private static String basename(String word) {
    return word.substring(word.lastIndexOf('/') + 1);
  }

  private static Path tests() {
    String shared = System.getenv("TWINFLOW_SHARED");
    Path tests =
        Path.of(shared == null ? "../../../shared" : shared, "cwl", "v1.2", "tests")
            .toAbsolutePath()
            .normalize();
    if (!Files.isDirectory(tests)) {
      String missing = "there is no " + tests + "; set TWINFLOW_SHARED to where the test data is";
      return "true".equals(System.getenv("CI")) ? fail(missing) : abort(missing);
    }
    return tests;
  }
}
