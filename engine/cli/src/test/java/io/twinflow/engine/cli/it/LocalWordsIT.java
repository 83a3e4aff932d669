package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people read of a configuration that is wrong, and of steps that this machine cannot run. */
@Timeout(120)
class LocalWordsIT {

  @TempDir private Path folder;

  private void fails(String configuration, String tool, String... words) throws Exception {
    Trial trial = new Trial(folder);
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/twinflow.yaml"), configuration);
    trial.tool("tool.cwl", "touch ran", tool + "\ninputs: []\noutputs: []");
    var run = trial.run("tool.cwl");
    assertThat(run.code()).isEqualTo(Trial.FAILURE);
    assertThat(run.err()).contains(words);
  }

  private static String resources(String field, long amount) {
    return "requirements: {ResourceRequirement: {%s: %d}}".formatted(field, amount);
  }

  @Test
  void aWrongConfigurationIsNamedByItsLine() throws Exception {
    fails(
        "sites:\n  hpc:\n    type: slrum\n",
        "",
        "twinflow.yaml:3:11: sites.hpc.type: expected one of functions, kubernetes, oscar, slurm",
        "found 'slrum'");
    fails(
        "sites:\n  far:\n    type: functions\n    folder: /x\n    functions: {\"*\": far}\n",
        "",
        "twinflow.yaml:5:22: sites.far.functions.*: expected",
        "found 'far'");
    fails(
        "sites:\n  far:\n    type: oscar\n    folder: /x\n    token: {environment: T}\n",
        "",
        "sites.far.endpoint is missing: expected the address of OSCAR's manager");
    fails(
        "sites:\n  near:\n    type: kubernetes\n    namespace: n\n    folder: /x\n    kubeconfig: /no/such\n",
        "",
        "twinflow.yaml:6:17: sites.near.kubeconfig: expected a file that is there, found '/no/such'");
  }

  @Test
  void whatThisMachineHasNotIsSaidWithTheNumbers() throws Exception {
    fails("", resources("coresMin", 9000), "asks for 9000 cores (there are ");
    fails("", resources("ramMin", 900_000_000), "asks for 900000000 MiB of memory (there are ");
    fails("", resources("outdirMin", 900_000_000), "needs 900001024 MiB of disk", " MiB are free");
  }
}
