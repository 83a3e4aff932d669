package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** What people read of steps that Kubernetes does not run: its own words, when it says them. */
@Timeout(240)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_KUBECONFIG", matches = ".+")
@EnabledIfEnvironmentVariable(named = "TWINFLOW_KUBECONFIG_ADMIN", matches = ".+")
class KubernetesWordsIT {

  private static final String USER = System.getenv("TWINFLOW_KUBECONFIG");
  private static final String ADMIN = System.getenv("TWINFLOW_KUBECONFIG_ADMIN");

  /** Of this test alone: others wait until theirs is empty. */
  private final String namespace = "words-" + UUID.randomUUID();

  @TempDir private Path folder;

  @BeforeEach
  void makeNamespace() throws Exception {
    kubectl("create", "namespace", namespace);
  }

  @AfterEach
  void deleteNamespace() throws Exception {
    kubectl("delete", "namespace", namespace, "--wait=false");
  }

  private static String site(String kubeconfig, String namespace) {
    return """
    type: kubernetes
    kubeconfig: %s
    namespace: %s
    pods: {image: "%s", restricted: false}
    """
        .formatted(kubeconfig, namespace, System.getenv("TWINFLOW_KUBERNETES_IMAGE"));
  }

  private static String kubectl(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig", ADMIN));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void whatCanNeverRunFailsInItsWords() throws Exception {
    String nowhere = "nowhere-" + UUID.randomUUID();
    String image =
        Optional.ofNullable(System.getenv("TWINFLOW_REGISTRY"))
            .map(registry -> registry + "/nothing:here")
            .orElse("Not/An_Image:");
    new WordsTrial(folder)
        .step(
            "namespace", site(ADMIN, nowhere), "", "namespaces \"%s\" not found".formatted(nowhere))
        .step("right", site(USER, "default"), "", "cannot create resource \"jobs\"")
        .step(
            "memory",
            site(ADMIN, namespace),
            "ResourceRequirement: {ramMin: 90000000}",
            "90000000 MiB of memory")
        .step(
            "image",
            site(ADMIN, namespace),
            ("ResourceRequirement: {coresMin: 0.1, ramMin: 64},"
                    + " DockerRequirement: {dockerPull: '%s'}")
                .formatted(image),
            image)
        .failInTheirWords();
  }

  @Test
  void whatMayRunYetWaitsInItsWords() throws Exception {
    kubectl("create", "quota", "none", "--hard=pods=0", "--namespace", namespace);
    await().atMost(Duration.ofSeconds(60)).until(() -> quota().equals("0"));
    new WordsTrial(folder)
        .step("quota", site(ADMIN, namespace), "", "exceeded quota: none")
        .step("token", site(withoutToken(), "twinflow"), "", "site token refused the token")
        .step(
            "away",
            """
            type: kubernetes
            server: https://127.0.0.1:9
            token: {file: %s}
            namespace: twinflow
            pods: {image: any}
            """
                .formatted(Files.writeString(folder.resolve("token"), "any")),
            "",
            "namespace twinflow at https://127.0.0.1:9/: nobody listens there")
        .stepWithoutShare("share", site(ADMIN, namespace))
        .waitInTheirWords();
  }

  private String quota() throws Exception {
    return kubectl(
        "get",
        "quota",
        "none",
        "--namespace",
        namespace,
        "--output",
        "jsonpath={.status.hard.pods}");
  }

  /** The user's access with a token that is none. */
  private String withoutToken() throws Exception {
    String known = Files.readString(Path.of(USER));
    String other = known.replaceAll("token: \"[^\"]+\"", "token: \"expired\"");
    assertThat(other).isNotEqualTo(known);
    return Files.writeString(folder.resolve("expired.conf"), other).toString();
  }
}
