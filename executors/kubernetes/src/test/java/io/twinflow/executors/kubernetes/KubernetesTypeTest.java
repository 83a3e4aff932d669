package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Setting.Written;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.testing.MapPlace;
import io.twinflow.executors.testing.TaskBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesTypeTest {

  @TempDir private Path folder;

  private static final Surroundings ALONE = new Surroundings(Path.of("/runs"));

  private static final Surroundings WITH_STORE =
      new Surroundings(
          Path.of("/runs"),
          Optional.of(
              new Exchange(
                  new MapPlace(),
                  URI.create("http://engine.example.org/tickets/"),
                  "nobody can guess this, can they?",
                  key -> "runs/" + key.value())));

  private static Setting text(String text) {
    return Setting.text(text, "twinflow.yaml:7:11");
  }

  private static Setting section(String field, String value) {
    return new Setting(new Written.Fields(Map.of(field, text(value))), "twinflow.yaml:8:5");
  }

  private static Executor open(Surroundings surroundings, Map<String, Setting> more)
      throws InvalidSettingException {
    Map<String, Setting> fields = new LinkedHashMap<>(more);
    fields.put("server", text("https://127.0.0.1:1"));
    fields.put("token", section("environment", "TOKEN"));
    fields.put("namespace", text("twins"));
    Settings settings = Settings.of("sites", "cluster", fields, "twinflow.yaml:5:3");
    return new KubernetesType().open(settings, surroundings);
  }

  @Test
  void aSiteNeedsAFolderOrTheEnginesStore() {
    assertThatThrownBy(() -> open(ALONE, Map.of()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("sites.cluster.folder")
        .hasMessageContaining("exchange:");
  }

  @Test
  void withTheEnginesStoreItNeedsNone() throws Exception {
    try (Executor executor = open(WITH_STORE, Map.of())) {
      assertThat(executor.site()).isEqualTo("cluster");
    }
  }

  @Test
  void aShareThatIsNotMountedIsWaitedForAndNeverMade() throws Exception {
    Path share = folder.resolve("share");
    AttemptKey attempt = new AttemptKey("site", "r1", 1, 1);
    BatchKey batch = new BatchKey("site", "r1", 1);
    try (Executor executor = open(ALONE, Map.of("folder", text(share + "/twins")))) {
      assertThatThrownBy(() -> executor.find(batch, List.of(attempt)))
          .isInstanceOf(SiteException.class)
          .hasMessageContaining(share + "/twins cannot be used: " + share + ", where it belongs");
      assertThatThrownBy(() -> executor.submit(new Batch(batch, List.of())))
          .hasMessageContaining("is the share mounted?");
      assertThat(executor.waitsFor(attempt).orElseThrow()).contains("is the share mounted?");
      assertThatThrownBy(() -> executor.revoke(List.of(attempt)))
          .hasMessageContaining("is the share mounted?");
      assertThat(executor.check())
          .anyMatch(found ->
              found.level() == Finding.Level.PROBLEM
                  && found.found().contains("is the share mounted?")
                  && found.mend().contains("make " + share));
      assertThat(share).doesNotExist();
      Files.createDirectory(share);
      assertThat(executor.find(batch, List.of(attempt))).isEmpty();
      assertThat(share.resolve("twins")).isDirectory();
    }
  }

  @Test
  void aTokenThatCannotBeHadIsWaitedFor() throws Exception {
    Map<String, Setting> fields = new LinkedHashMap<>();
    fields.put("folder", text(folder.toString()));
    fields.put("server", text("https://127.0.0.1:1"));
    fields.put("token", section("environment", "TWINFLOW_NO_SUCH"));
    fields.put("namespace", text("twins"));
    AttemptKey attempt = new AttemptKey("site", "r1", 1, 1);
    try (Executor executor =
        new KubernetesType()
            .open(Settings.of("sites", "cluster", fields, "twinflow.yaml:5:3"), ALONE)) {
      Batch batch =
          new Batch(
              new BatchKey("site", "r1", 1),
              List.of(
                  new TaskBuilder(attempt, executor.layout(attempt, false), List.of("true"), null)
                      .build()));
      assertThatThrownBy(() -> executor.submit(batch))
          .isInstanceOf(SiteException.class)
          .hasMessageContaining("site cluster: there is no token: the environment variable")
          .extracting(e -> ((SiteException) e).kind())
          .isEqualTo(FailureKind.INFRASTRUCTURE);
      assertThat(executor.check())
          .anyMatch(found ->
              found.level() == Finding.Level.PROBLEM
                  && found.found().contains("TWINFLOW_NO_SUCH is not set"));
    }
  }

  @Test
  void whatPodsWouldMountOfAFolderNeedsOne() {
    assertThatThrownBy(() -> open(WITH_STORE, Map.of("claim", text("data"))))
        .hasMessageContaining("sites.cluster.claim")
        .hasMessageContaining("folder:");
  }

  private void openWith(String kubeconfig, Map<String, Setting> more) throws Exception {
    Path file = Files.writeString(folder.resolve("config"), kubeconfig);
    Map<String, Setting> fields = new LinkedHashMap<>(more);
    fields.put("kubeconfig", text(file.toString()));
    fields.put("namespace", text("twins"));
    new KubernetesType()
        .open(Settings.of("sites", "cluster", fields, "twinflow.yaml:5:3"), WITH_STORE)
        .close();
  }

  private static final String TWO_CONTEXTS =
      """
      clusters: [{name: hall, cluster: {server: "https://127.0.0.1:1"}}, {name: empty}]
      contexts:
        - {name: day, context: {cluster: hall}}
        - {name: night, context: {cluster: empty}}
      """;

  @Test
  void aContextThatTheKubeconfigHasNotIsRefusedWithThoseThatItHas() throws Exception {
    openWith(TWO_CONTEXTS, Map.of("context", text("day")));
    openWith(TWO_CONTEXTS + "current-context: day\n", Map.of());
    assertThatThrownBy(() -> openWith(TWO_CONTEXTS, Map.of("context", text("dusk"))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("sites.cluster.context: expected one of day, night")
        .hasMessageContaining("found 'dusk'");
    assertThatThrownBy(() -> openWith(TWO_CONTEXTS, Map.of()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("current-context, or context: beside it, one of day, night");
    assertThatThrownBy(() -> openWith(TWO_CONTEXTS, Map.of("context", text("night"))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("a server for cluster empty of context night");
  }

  @Test
  void whatIsNoKubeconfigIsRefused() {
    assertThatThrownBy(() -> openWith("[what, is this", Map.of()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("sites.cluster.kubeconfig: expected a kubeconfig, as kubectl");
    assertThatThrownBy(() -> openWith("", Map.of()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("sites.cluster.kubeconfig: expected a kubeconfig");
    Map<String, Setting> fields =
        Map.of("kubeconfig", text("/nowhere/config"), "namespace", text("twins"));
    assertThatThrownBy(() ->
            new KubernetesType()
                .open(Settings.of("sites", "cluster", fields, "twinflow.yaml:5:3"), WITH_STORE))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("expected a file that is there, found")
        .hasMessageContaining("/nowhere/config");
  }

  @Test
  void virtualNodesMountNoFolder() {
    assertThatThrownBy(() ->
            open(WITH_STORE, Map.of("interlink", section("node", "hpc"), "folder", text("/data"))))
        .hasMessageContaining("sites.cluster.folder")
        .hasMessageContaining("interlink:");
  }

  @Test
  void virtualNodesRunNoContainersBesideTheTool() {
    assertThatThrownBy(() ->
            open(
                WITH_STORE,
                Map.of("interlink", section("node", "hpc"), "pods", section("stagingImage", "x"))))
        .hasMessageContaining("sites.cluster.interlink")
        .hasMessageContaining("stagingImage");
  }
}
