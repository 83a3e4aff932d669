package io.twinflow.executors.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.site.ExecutorType;
import io.twinflow.executors.api.site.InvalidSiteException;
import io.twinflow.executors.api.site.Setting;
import io.twinflow.executors.api.site.SiteSettings;
import io.twinflow.executors.api.site.Surroundings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a configuration makes a site, or says what is wrong. */
class TypesTest {

  @TempDir private Path folder;

  private Executor open(String type, Map<String, Setting> fields) throws InvalidSiteException {
    Map<String, Setting> all = new LinkedHashMap<>(fields);
    all.putIfAbsent("folder", text(folder.resolve("shared").toString()));
    SiteSettings settings = new SiteSettings("mine", all, "test");
    ExecutorType found =
        ServiceLoader.load(ExecutorType.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(t -> t.name().equals(type))
            .findFirst()
            .orElseThrow();
    Executor executor = found.open(settings, new Surroundings(folder));
    settings.end();
    return executor;
  }

  private static Setting text(String text) {
    return Setting.text(text, "test");
  }

  private static Setting fields(String name, Setting value) {
    return new Setting(new Setting.Written.Fields(Map.of(name, value)), "test");
  }

  @Test
  void functionsAreASite() throws Exception {
    try (Executor site =
        open(
            "functions",
            Map.of(
                "functions", fields("*", text("https://f.example.org/run")),
                "mode", text("structured"),
                "wait", text("false"),
                "cores", text("3"),
                "endWithin", text("10m")))) {
      assertThat(site.site()).isEqualTo("mine");
      assertThat(site.capabilities().cores()).isEqualTo(3);
    }
  }

  @Test
  void oscarIsASite() throws Exception {
    try (Executor site =
        open(
            "oscar",
            Map.of(
                "endpoint", text("https://oscar.example.org"),
                "token", fields("environment", text("OSCAR_TOKEN")),
                "services", fields("vo", text("vo.example.org")),
                "keepServices", text("2h")))) {
      assertThat(site.capabilities().containerEngine()).contains("OSCAR");
    }
  }

  @Test
  void whatIsMissingOrWrongIsNamed() {
    assertThatThrownBy(() -> open("functions", Map.of())).hasMessageContaining("functions");
    assertThatThrownBy(
            () -> open("functions", Map.of("functions", fields("*", text("not an address")))))
        .hasMessageContaining("address")
        .hasMessageContaining("not an address");
    assertThatThrownBy(() -> open("oscar", Map.of("token", fields("file", text("/t")))))
        .hasMessageContaining("endpoint");
    assertThatThrownBy(() -> open("oscar", Map.of("endpoint", text("https://oscar.example.org"))))
        .hasMessageContaining("token");
  }
}
