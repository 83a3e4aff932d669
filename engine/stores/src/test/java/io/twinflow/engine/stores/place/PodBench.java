package io.twinflow.engine.stores.place;

import static io.twinflow.engine.stores.place.ExchangeBench.section;
import static io.twinflow.engine.stores.place.ExchangeBench.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.stores.s3.S3Site;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.settings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A bucket, an office with tickets for it, and the cluster that {@code peers/kubernetes} starts as
 * a site that shares no folder: found and configured as an engine does.
 */
final class PodBench implements AutoCloseable {

  static final String INSTALLATION = ExchangeBench.INSTALLATION;

  private final ExchangeBench exchange;

  PodBench(S3Site site) throws IOException {
    exchange = new ExchangeBench(site);
  }

  /** Told which word was asked, before the answer goes out. */
  void beforeAnswer(Consumer<String> hook) {
    exchange.beforeAnswer(hook);
  }

  /** The image of tools that name none. */
  static String image() {
    return System.getenv("TWINFLOW_KUBERNETES_IMAGE");
  }

  /** The same with curl. */
  static String curl() {
    return System.getenv("TWINFLOW_KUBERNETES_CURL");
  }

  /**
   * @param more of what pods are made with
   */
  Executor open(Map<String, String> more) {
    return open(Map.of(), more);
  }

  /**
   * @param sections of the site, with their fields
   */
  Executor open(Map<String, Map<String, String>> sections, Map<String, String> more) {
    Map<String, String> pods = new LinkedHashMap<>();
    pods.put("image", image());
    if (!sections.containsKey("interlink")) {
      pods.put("stagingImage", curl());
    }
    pods.put("hostNetwork", "true");
    pods.put("restricted", "false");
    pods.put("grace", "10s");
    pods.putAll(more);
    Map<String, Setting> fields = new LinkedHashMap<>();
    fields.put("kubeconfig", text(System.getenv("TWINFLOW_KUBECONFIG")));
    fields.put("namespace", text("twinflow"));
    fields.put("pods", section(pods));
    sections.forEach((name, section) -> fields.put(name, section(section)));
    return exchange.open("kubernetes", "cluster", fields);
  }

  /** As an administrator of the cluster. */
  static String kubectl(String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "kubectl",
                "--kubeconfig",
                System.getenv("TWINFLOW_KUBECONFIG_ADMIN"),
                "--namespace",
                "twinflow"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("HTTPS_PROXY");
    builder.environment().remove("https_proxy");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Override
  public void close() throws IOException {
    exchange.close();
  }
}
