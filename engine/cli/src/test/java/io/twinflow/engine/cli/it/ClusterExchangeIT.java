package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The command runs a tool in a pod of a real cluster that shares nothing with it but a store. */
@Timeout(240)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_KUBECONFIG", matches = ".+")
@EnabledIfEnvironmentVariable(named = "TWINFLOW_S3_ENDPOINT", matches = ".+")
class ClusterExchangeIT {

  @TempDir private Path folder;

  @Test
  void aPodsOutputsAndWordsComeHomeAndGoWithTheRun() throws Exception {
    try (ExchangeTrial trial = new ExchangeTrial(folder)) {
      trial.configure(
          URI.create(System.getenv("TWINFLOW_S3_ENDPOINT")),
          """
          cluster:
            type: kubernetes
            kubeconfig: %s
            namespace: twinflow
            pods: {image: "%s", stagingImage: "%s", hostNetwork: true, restricted: false}
          """
              .formatted(
                  System.getenv("TWINFLOW_KUBECONFIG"),
                  System.getenv("TWINFLOW_KUBERNETES_IMAGE"),
                  System.getenv("TWINFLOW_KUBERNETES_CURL")));
      Files.writeString(folder.resolve("text"), "over there\n");
      Tools.shell(
          folder.resolve("t.cwl"),
          "echo 'words for people' >&2; cat \"$0\"",
          """
          inputs: {text: {type: File, inputBinding: {position: 1}}}
          stdout: made.txt
          outputs: {made: stdout}
          """);
      CommandRun run =
          CommandRun.in(folder)
              .call("run", "--site", "cluster", "--outdir", "out", "t.cwl", "--text", "text");
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(folder.resolve("out/made.txt")).hasContent("over there\n");
      CommandRun logs = CommandRun.in(folder).call("logs", "latest");
      assertThat(logs.out() + logs.err()).contains("words for people");
      assertThat(trial.filesWith(trial.secret())).isEmpty();
      assertThat(trial.objects()).anyMatch(name -> name.endsWith("/out/made.txt"));
      assertThat(CommandRun.in(folder).call("runs", "--delete", "latest").code()).isZero();
      assertThat(trial.objects()).allMatch(name -> name.startsWith("all/sites/cluster/inputs/"));
    }
  }
}
