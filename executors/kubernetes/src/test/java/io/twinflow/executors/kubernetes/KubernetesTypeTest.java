package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.api.site.InvalidSiteException;
import io.twinflow.executors.api.site.Setting;
import io.twinflow.executors.api.site.Setting.Written;
import io.twinflow.executors.api.site.SiteSettings;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.testing.MapPlace;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KubernetesTypeTest {

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
      throws InvalidSiteException {
    Map<String, Setting> fields = new LinkedHashMap<>(more);
    fields.put("server", text("https://127.0.0.1:1"));
    fields.put("token", section("environment", "TOKEN"));
    fields.put("namespace", text("twins"));
    SiteSettings settings = new SiteSettings("cluster", fields, "twinflow.yaml:5:3");
    return new KubernetesType().open(settings, surroundings);
  }

  @Test
  void aSiteNeedsAFolderOrTheEnginesStore() {
    assertThatThrownBy(() -> open(ALONE, Map.of()))
        .isInstanceOf(InvalidSiteException.class)
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
  void whatPodsWouldMountOfAFolderNeedsOne() {
    assertThatThrownBy(() -> open(WITH_STORE, Map.of("claim", text("data"))))
        .hasMessageContaining("sites.cluster.claim")
        .hasMessageContaining("folder:");
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
