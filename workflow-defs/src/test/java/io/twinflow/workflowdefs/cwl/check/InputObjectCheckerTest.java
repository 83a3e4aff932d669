package io.twinflow.workflowdefs.cwl.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.FakeSources;
import io.twinflow.workflowdefs.cwl.load.JobLoader;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.StringValue;
import org.junit.jupiter.api.Test;

class InputObjectCheckerTest {

  private static final String TOOL =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      inputs:
        reads: File
        samples:
          type:
            type: array
            items: {type: record, fields: {id: string, depth: int?}}
        mode: {type: [{type: enum, symbols: [fast, exact]}], default: fast}
        ratio: double?
        threads: {type: int, default: 2}
      outputs: {}
      """;

  private final FakeSources sources = new FakeSources().with("tool.cwl", TOOL);

  @Test
  void defaultsAreFilledInAndLocationsAreAbsolute() throws Exception {
    CheckedInputs checked =
        check("reads: {class: File, path: a.fq}\nsamples: [{id: x}]\nratio: 3\nmode: null\n");

    assertThat(checked.inputs().get("reads")).isEqualTo(FileValue.at("file:///w/a.fq", "a.fq"));
    assertThat(checked.inputs().get("threads")).isEqualTo(new IntegerValue(2));
    assertThat(checked.inputs().get("mode")).isEqualTo(new StringValue("fast"));
    assertThat(checked.inputs().get("ratio")).isEqualTo(new IntegerValue(3));
    assertThat(checked.warnings()).isEmpty();
  }

  @Test
  void everythingWrongIsToldAtOnceWithItsPlace() {
    assertThatThrownBy(() ->
            check(
                """
                raeds: {class: File, path: a.fq}
                samples:
                  - id: x
                  - id: 5
                mode: exakt
                ratio: high
                threads: 3000000000
                """))
        .message()
        .contains(
            "job.yml:1:1: the input \"reads\" (File) is missing. Is it meant by \"raeds\"?",
            "job.yml:1:8: warning: \"raeds\" is no input of this process and is ignored. Did you"
                + " mean \"reads\"?",
            "job.yml:4:9: the input \"samples[1].id\": expected string, found the whole number 5;"
                + " put it in quotes.",
            "job.yml:5:7: the input \"mode\": expected one of fast, exact, found \"exakt\"; did you"
                + " mean \"exact\"?\n",
            "job.yml:6:8: the input \"ratio\": expected double, found the string \"high\".",
            "job.yml:7:10: the input \"threads\": expected int, found the whole number 3000000000,"
                + " which needs more than 32 bits; the type long has 64.");
  }

  @Test
  void aPathAsTextIsNoFile() {
    assertThatThrownBy(() -> check("reads: a.fq\nsamples: []\n"))
        .hasMessageContaining("job.yml:1:8: the input \"reads\": expected File")
        .hasMessageContaining("write {class: File, path: …}");
  }

  @Test
  void requirementsOfTheRunAreReturned() throws Exception {
    CheckedInputs checked =
        check(
            """
            reads: {class: File, path: a.fq}
            samples: []
            cwl:requirements:
              - class: EnvVarRequirement
                envDef: {A: $(inputs.mode)}
            """);

    assertThat(checked.requirements())
        .singleElement()
        .isInstanceOfSatisfying(
            Requirement.EnvVar.class,
            env -> assertThat(env.definitions().getFirst().name()).isEqualTo("A"));
    assertThat(checked.inputs().fields()).doesNotContainKey("cwl:requirements");
    assertThat(checked.inputs().get("ratio")).isEqualTo(NullValue.NULL);
  }

  private CheckedInputs check(String job) throws Exception {
    sources.with("job.yml", job);
    CwlProcess process = CwlLoader.load("tool.cwl", sources.options()).process();
    return InputObjectChecker.check(process, JobLoader.load("job.yml", sources.options()));
  }
}
