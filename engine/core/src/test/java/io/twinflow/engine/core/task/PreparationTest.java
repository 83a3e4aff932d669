package io.twinflow.engine.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.FailureException;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.workflowdefs.value.IntegerValue;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PreparationTest {

  private static final String BODY = "baseCommand: x\ninputs: {n: int}\noutputs: []\n";
  private static final String JOB = "{\"n\": 3}";

  private static PreparedTask prepare(String more) throws Exception {
    return new Bench().prepare(BODY + more, JOB);
  }

  @Test
  void takesTheDefaultsOfTheStandard() throws Exception {
    PreparedTask task = prepare("");

    assertThat(task.spec().resources()).isEqualTo(ResourceRequest.DEFAULT);
    assertThat(task.runtime().get("cores")).isEqualTo(new IntegerValue(1));
    assertThat(task.spec().timeLimit()).isNull();
    assertThat(task.spec().networkAccess()).isFalse();
    assertThat(task.spec().container()).isNull();
    assertThat(task.notices()).isEmpty();
  }

  @Test
  void reservesMinimaAndRoundsWhatToolsSee() throws Exception {
    PreparedTask task =
        prepare(
            """
            requirements:
              ResourceRequirement: {coresMin: 1.5, ramMin: 100.2, ramMax: 900, tmpdirMax: 5, outdirMin: $(inputs.n)}
            """);

    assertThat(task.spec().resources()).isEqualTo(new ResourceRequest(1.5, 101, 5, 3, 0, 1));
    assertThat(task.runtime().get("cores")).isEqualTo(new IntegerValue(2));
    assertThat(task.runtime().get("ram")).isEqualTo(new IntegerValue(101));
  }

  @Test
  void refusesImpossibleResources() {
    assertThatThrownBy(() -> prepare("requirements: {ResourceRequirement: {ramMin: 9, ramMax: 8}}"))
        .hasMessageContaining("ramMax is 8, less than ramMin 9");
    assertThatThrownBy(() -> prepare("requirements: {ResourceRequirement: {coresMin: -1}}"))
        .hasMessageContaining("coresMin must be a number that is not negative");
  }

  @Test
  void cleansTheEnvironment() throws Exception {
    PreparedTask task =
        prepare("requirements: {EnvVarRequirement: {envDef: {A: 'x$(inputs.n)', HOME: /h}}}");

    assertThat(task.spec().environment())
        .containsOnlyKeys("PATH", "HOME", "TMPDIR", "A")
        .containsEntry("A", "x3")
        .containsEntry("HOME", "/h")
        .containsEntry("PATH", "/bin")
        .containsEntry("TMPDIR", Bench.HOME + "/tmp");
  }

  @Test
  void readsTimeLimitAndNetworkAccess() throws Exception {
    PreparedTask task =
        prepare(
            "requirements: {ToolTimeLimit: {timelimit: $(inputs.n)}, NetworkAccess: {networkAccess: true}}");

    assertThat(task.spec().timeLimit()).isEqualTo(Duration.ofSeconds(3));
    assertThat(task.spec().networkAccess()).isTrue();
    assertThat(prepare("requirements: {ToolTimeLimit: {timelimit: 0}}").spec().timeLimit())
        .isNull();
  }

  @Test
  void runsInTheContainerThatIsAskedFor() throws Exception {
    String docker = "hints: {DockerRequirement: {dockerPull: debian, dockerImageId: mine}}";

    PreparedTask task = new Bench().withContainerEngine().prepare(BODY + docker, JOB);

    assertThat(task.spec().container()).isEqualTo(ContainerSpec.pull("debian", "mine"));
    assertThat(task.spec().environment()).doesNotContainKey("PATH");
  }

  @Test
  void runsAHintWithoutContainerAndSaysSo() throws Exception {
    PreparedTask task = prepare("hints: {DockerRequirement: {dockerPull: debian}}");

    assertThat(task.spec().container()).isNull();
    assertThat(task.notices()).singleElement().asString().contains("debian", "Install docker.");
  }

  @Test
  void refusesARequiredContainerThatCannotBeHad() {
    String docker = "requirements: {DockerRequirement: {dockerPull: debian}}";

    assertThatThrownBy(() -> prepare(docker))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().code()).isEqualTo("requirement.container"))
        .hasMessageContaining("Install docker.");
    assertThatThrownBy(
            () -> new Bench().withContainerEngine().withoutContainers().prepare(BODY + docker, JOB))
        .hasMessageContaining("containers are switched off");
  }

  @Test
  void namesSoftwareThatMustBeThere() throws Exception {
    PreparedTask task =
        prepare("hints: {SoftwareRequirement: {packages: {gdal: {version: ['3.9']}}}}");

    assertThat(task.notices()).singleElement().asString().contains("gdal 3.9");
  }

  @Test
  void tellsTheSiteWhatWillBeCollected() throws Exception {
    String outputs =
        """
        baseCommand: x
        inputs: {n: int}
        outputs:
          a: {type: File, outputBinding: {glob: 'out-$(inputs.n)'}, secondaryFiles: .idx}
        """;

    assertThat(new Bench().prepare(outputs, JOB).spec().collect())
        .containsExactly("cwl.output.json", "out-3", "out-3.idx");
  }

  @Test
  void judgesExitCodes() {
    var tool =
        Bench.tool(BODY + "successCodes: [0, 2]\ntemporaryFailCodes: [75]\npermanentFailCodes: [1]")
            .tool();

    assertThat(ExitCodes.judge(tool, 2)).isEqualTo(ExitCodes.Verdict.SUCCESS);
    assertThat(ExitCodes.judge(tool, 75)).isEqualTo(ExitCodes.Verdict.TEMPORARY_FAILURE);
    assertThat(ExitCodes.judge(tool, 1)).isEqualTo(ExitCodes.Verdict.PERMANENT_FAILURE);
    assertThat(ExitCodes.judge(tool, 9)).isEqualTo(ExitCodes.Verdict.PERMANENT_FAILURE);
  }
}
