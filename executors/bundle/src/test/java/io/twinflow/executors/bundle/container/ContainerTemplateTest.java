package io.twinflow.executors.bundle.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Setting.Written;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.testing.TaskBuilder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerTemplateTest {

  private static final AttemptKey KEY = new AttemptKey("site", "r1", 7, 1);
  private static final BundleFolder FOLDER = BundleFolder.of(Path.of("/shared"), KEY);

  private static TaskBuilder task(String image) {
    return new TaskBuilder(
            KEY,
            BundleFolder.layoutInContainer(),
            List.of("run", "it's"),
            ContainerSpec.pull(image, null))
        .environment("SECRET", "hush");
  }

  private static String tool(ContainerTemplate template, TaskSpec task) throws AttemptFailure {
    ContainerPlan plan = ContainerPlan.of(task.layout(), task.staging(), FOLDER);
    return String.join("\n", ContainerRun.of(template, task, FOLDER, plan).tool());
  }

  private static String command(String tool) {
    return tool.lines().reduce((a, b) -> b).orElseThrow();
  }

  @Test
  void noValueOfAVariableStandsOnTheCommandLine() throws Exception {
    for (String name : ContainerEngines.NAMES) {
      ContainerTemplate engine = ContainerEngines.named(name).orElseThrow();
      TaskSpec task = withoutClients(task("alpine"));
      assertThat(command(tool(engine, task))).as(name).doesNotContain("hush");
    }
  }

  /** Some engines take HOME, PATH and TMPDIR for themselves and refuse them to tools. */
  private static TaskSpec withoutClients(TaskBuilder builder) {
    TaskSpec task = builder.build();
    return new TaskSpec(
        task.attempt(),
        task.name(),
        task.command(),
        task.displayCommand(),
        Map.of("SECRET", "hush"),
        null,
        null,
        null,
        task.layout(),
        task.staging(),
        task.resources(),
        task.container(),
        null,
        false,
        task.collect());
  }

  @Test
  void apptainerIsToldInItsOwnWords() throws Exception {
    TaskSpec task =
        task("alpine:3")
            .stage(
                new Staging.Link(Path.of("/data/a,b").toUri(), "/var/lib/twinflow/inputs/x", false))
            .build();
    String tool = tool(ContainerEngines.apptainer(), task);
    assertThat(tool).contains("export APPTAINERENV_SECRET='hush'");
    assertThat(command(tool))
        .startsWith("exec 'apptainer' '--quiet' 'exec'")
        .contains(
            "'--mount' 'type=bind,\"source=/data/a,b\",destination=/var/lib/twinflow/inputs/x,ro'",
            // It knows no rw.
            "'--mount' 'type=bind,source=" + FOLDER.out() + ",destination=/var/spool/twinflow'",
            "'--net' '--network' 'none'")
        .endsWith("'docker://alpine:3' 'run' 'it'\\''s'");
  }

  @Test
  void namesThatAnEngineCannotMountAreRefused() {
    TaskSpec task =
        task("alpine")
            .stage(
                new Staging.Link(Path.of("/data/a:b").toUri(), "/var/lib/twinflow/inputs/x", false))
            .build();
    assertThatThrownBy(() -> tool(ContainerEngines.singularity(), task))
        .isInstanceOf(AttemptFailure.class)
        .hasMessageContainingAll("singularity cannot mount /data/a:b", "without ':'");
  }

  @Test
  void aTemplateOfTheSiteIsFilledIn() throws Exception {
    Map<String, Setting> own = new LinkedHashMap<>();
    own.put("name", text("shifter"));
    own.put("run", words("shifter", "--image={image}", "{mounts}", "{env}", "--", "{command}"));
    own.put("mount", words("--volume={source}:{target}:{mode}"));
    own.put("variable", words("--env", "{name}"));
    ContainerTemplate template = read(Map.of("containerTemplate", fields(own)));
    assertThat(command(tool(template, withoutClients(task("alpine")))))
        .contains(
            "'--image=docker://alpine' '--volume=" + FOLDER.out() + ":/var/spool/twinflow:rw'",
            "'--env' 'SECRET'")
        .endsWith("'--' 'run' 'it'\\''s'");
  }

  @Test
  void aNameThatLooksLikeAPlaceholderIsAName() throws Exception {
    TaskSpec task =
        task("alpine")
            .stage(
                new Staging.Link(
                    Path.of("/data/{target}").toUri(), "/var/lib/twinflow/inputs/{mode}", false))
            .build();
    assertThat(command(tool(ContainerEngines.apptainer(), task)))
        .contains("source=/data/{target},destination=/var/lib/twinflow/inputs/{mode},ro'");
  }

  @Test
  void aTemplateWithoutWhatAToolNeedsIsRefused() {
    for (String lacks : List.of("{image}", "{source}", "{target}", "{name}", "{command}")) {
      Map<String, Setting> own = new LinkedHashMap<>();
      own.put("name", text("mine"));
      own.put("run", without(lacks, "mine", "{mounts}", "{env}", "{image}", "{command}"));
      own.put("mount", without(lacks, "-v", "{source}", "{target}"));
      own.put("variable", without(lacks, "-e", "{name}"));
      assertThatThrownBy(() -> read(Map.of("containerTemplate", fields(own))))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("no word " + lacks);
    }
  }

  private static Setting without(String lacks, String... words) {
    return words(Arrays.stream(words).filter(word -> !word.equals(lacks)).toArray(String[]::new));
  }

  @Test
  void anEngineOrAPlaceholderThatIsUnknownIsNamedWithWhatIsExpected() {
    assertThatThrownBy(() -> read(Map.of("container", text("docker"))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContainingAll(
            "hpc.container", "apptainer, enroot, podman, singularity", "docker");
    Map<String, Setting> own = new LinkedHashMap<>();
    own.put("name", text("mine"));
    own.put("run", words("mine", "{mounts}", "{env}", "{picture}", "{command}"));
    own.put("variable", words("{name}"));
    assertThatThrownBy(() -> read(Map.of("containerTemplate", fields(own))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContainingAll("containerTemplate", "{picture}", "{image}");
  }

  private static ContainerTemplate read(Map<String, Setting> settings)
      throws InvalidSettingException {
    return ContainerSettings.read(Settings.of("sites", "hpc", settings, "sites.yaml:1:1"))
        .orElseThrow();
  }

  private static Setting text(String text) {
    return Setting.text(text, "sites.yaml:2:3");
  }

  private static Setting words(String... words) {
    return new Setting(
        new Written.Items(Arrays.stream(words).map(ContainerTemplateTest::text).toList()),
        "sites.yaml:3:3");
  }

  private static Setting fields(Map<String, Setting> fields) {
    return new Setting(new Written.Fields(fields), "sites.yaml:2:3");
  }
}
