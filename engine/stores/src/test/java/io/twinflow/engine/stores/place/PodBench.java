package io.twinflow.engine.stores.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.stores.s3.Gateway;
import io.twinflow.engine.stores.s3.S3Bucket;
import io.twinflow.engine.stores.s3.S3Place;
import io.twinflow.engine.stores.s3.S3Site;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.api.site.ExecutorType;
import io.twinflow.executors.api.site.InvalidSiteException;
import io.twinflow.executors.api.site.Setting;
import io.twinflow.executors.api.site.Setting.Written;
import io.twinflow.executors.api.site.SiteSettings;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.bundle.remote.TicketListener;
import io.twinflow.executors.bundle.remote.TicketOffice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bucket, an office with tickets for it, and the cluster that {@code peers/kubernetes} starts as
 * a site that shares no folder: found and configured as an engine does.
 */
final class PodBench implements AutoCloseable {

  static final String INSTALLATION = "contract";

  private final S3Bucket bucket;
  private final TicketListener listener;
  private final Exchange exchange;
  private volatile @Nullable Consumer<String> beforeAnswer;

  PodBench(S3Site site) throws IOException {
    bucket = Gateway.newBucket(site);
    S3Place place = new S3Place(bucket, "tests/");
    TicketOffice[] office = new TicketOffice[1];
    listener =
        new TicketListener(
            (attempt, question) -> {
              TicketOffice.Answer answer = office[0].answer(attempt, question);
              Consumer<String> hook = beforeAnswer;
              if (hook != null) {
                hook.accept(question.split("\n", -1)[1].split(" ", -1)[0]);
              }
              return answer;
            },
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    exchange =
        new Exchange(
            place,
            listener.url(),
            "nobody can guess this, can they?",
            key -> "runs/%s/work/%d.%d".formatted(key.run(), key.task(), key.attempt()));
    office[0] = TicketOffice.of(INSTALLATION, exchange);
  }

  /** Told which word was asked, before the answer goes out. */
  void beforeAnswer(Consumer<String> hook) {
    beforeAnswer = hook;
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
    SiteSettings settings = new SiteSettings("cluster", fields, "test");
    try {
      Executor executor =
          ServiceLoader.load(ExecutorType.class).stream()
              .map(ServiceLoader.Provider::get)
              .filter(type -> type.name().equals("kubernetes"))
              .findFirst()
              .orElseThrow()
              .open(settings, new Surroundings(Path.of("/nowhere"), Optional.of(exchange)));
      settings.end();
      return executor;
    } catch (InvalidSiteException e) {
      throw new AssertionError(e);
    }
  }

  private static Setting section(Map<String, String> fields) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    fields.forEach((name, value) -> settings.put(name, text(value)));
    return new Setting(new Written.Fields(settings), "test");
  }

  private static Setting text(String text) {
    return Setting.text(text, "test");
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
    listener.close();
    bucket.close();
  }
}
