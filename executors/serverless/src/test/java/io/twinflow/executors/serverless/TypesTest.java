package io.twinflow.executors.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.site.ExecutorType;
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
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in a configuration makes a site, or says what is wrong. */
class TypesTest {

  @TempDir private Path folder;

  private Executor open(String type, Map<String, Setting> fields) throws InvalidSettingException {
    Map<String, Setting> all = new LinkedHashMap<>(fields);
    all.putIfAbsent("folder", text(folder.resolve("shared").toString()));
    return open(type, all, new Surroundings(folder));
  }

  private static Executor open(String type, Map<String, Setting> all, Surroundings surroundings)
      throws InvalidSettingException {
    Settings settings = Settings.of("sites", "mine", all, "test");
    ExecutorType found =
        ServiceLoader.load(ExecutorType.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(t -> t.name().equals(type))
            .findFirst()
            .orElseThrow();
    Executor executor = found.open(settings, surroundings);
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
  void functionsThatAreNamedByImagesRunToolsThatRequireOne() throws Exception {
    for (String name : List.of("org/one:1", "simulate", "*")) {
      try (Executor site =
          open("functions", Map.of("functions", fields(name, text("https://f.example.org/run"))))) {
        assertThat(site.capabilities().containerEngine().isPresent())
            .as(name)
            .isEqualTo(name.contains(":"));
      }
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

  private static final Map<String, Setting> FUNCTIONS =
      Map.of("functions", fields("*", text("https://f.example.org/run")));
  private static final Map<String, Setting> OSCAR =
      Map.of(
          "endpoint", text("https://oscar.example.org"),
          "token", fields("environment", text("OSCAR_TOKEN")));

  @Test
  void withoutAFolderTheStoreOfTheEngineIsWhereAttemptsLie() throws Exception {
    Exchange exchange =
        new Exchange(
            new MapPlace(),
            URI.create("https://engine.example.org/tickets/"),
            "nobody can guess this, can they?",
            key -> "runs/" + key.run());
    Surroundings surroundings = new Surroundings(folder, Optional.of(exchange));
    AttemptKey attempt = new AttemptKey("i", "r", 1, 1);
    try (Executor functions = open("functions", FUNCTIONS, surroundings);
        Executor oscar = open("oscar", OSCAR, surroundings)) {
      assertThat(functions.layout(attempt, false).outdir()).startsWith("/tmp/twinflow/");
      assertThat(functions.capabilities().reaches()).contains("s3", "https");
      assertThat(functions.whereabouts(attempt)).isEqualTo("map://runs/r");
      assertThat(oscar.whereabouts(attempt)).isEqualTo("map://runs/r");
    }
    Map<String, Setting> both = new LinkedHashMap<>(FUNCTIONS);
    both.put("scratch", text("/scratch/mine"));
    try (Executor functions = open("functions", both, surroundings)) {
      assertThat(functions.layout(attempt, false).outdir()).startsWith("/scratch/mine/");
    }
    both.put("folder", text(folder.resolve("shared").toString()));
    assertThatThrownBy(() -> open("functions", both, surroundings)).hasMessageContaining("scratch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"functions", "oscar"})
  void aShareThatIsNotMountedIsWaitedForAndNeverMade(String type) throws Exception {
    Path share = folder.resolve("share");
    Map<String, Setting> fields = new LinkedHashMap<>(type.equals("oscar") ? OSCAR : FUNCTIONS);
    fields.put("folder", text(share + "/twins"));
    AttemptKey attempt = new AttemptKey("site", "r1", 1, 1);
    BatchKey batch = new BatchKey("site", "r1", 1);
    try (Executor site = open(type, fields)) {
      assertThatThrownBy(() -> site.submit(taskOf(batch, attempt)))
          .isInstanceOf(SiteException.class)
          .hasMessageContaining(share + "/twins cannot be used: " + share + ", where it belongs");
      assertThat(site.waitsFor(attempt).orElseThrow()).contains("is the share mounted?");
      assertThatThrownBy(() -> site.find(batch, List.of(attempt)))
          .hasMessageContaining("is the share mounted?");
      assertThatThrownBy(() -> site.revoke(List.of(attempt)))
          .hasMessageContaining("is the share mounted?");
      assertThat(share).doesNotExist();
      Files.createDirectory(share);
      assertThat(site.find(batch, List.of(attempt))).isEmpty();
      assertThat(share.resolve("twins")).isDirectory();
    }
  }

  private static Batch taskOf(BatchKey batch, AttemptKey attempt) {
    return new Batch(
        batch,
        List.of(
            new TaskBuilder(attempt, new Layout("/out", "/tmp", "/in"), List.of("true"), null)
                .build()));
  }

  @Test
  void functionsThatGiveValuesCallBack() throws Exception {
    Exchange exchange =
        new Exchange(
            new MapPlace(),
            URI.create("https://engine.example.org/api/v1/tickets"),
            "nobody can guess this, can they?",
            key -> "runs/" + key.run());
    Surroundings surroundings = new Surroundings(folder, Optional.of(exchange));
    Map<String, Setting> fields =
        new LinkedHashMap<>(
            Map.of("functions", fields("*", text("http://127.0.0.1:1/")), "values", text("true")));
    try (Executor functions = open("functions", fields, surroundings)) {
      assertThat(functions.check())
          .anyMatch(f ->
              f.about().equals("callbacks")
                  && f.found().contains("https://engine.example.org/api/v1/callbacks/mine"));
    }
    fields.put("wait", text("true"));
    assertThatThrownBy(() -> open("functions", fields, surroundings)).hasMessageContaining("wait");
    fields.remove("wait");
    assertThatThrownBy(() -> open("functions", fields))
        .hasMessageContaining("values")
        .hasMessageContaining("exchange:");
  }

  @Test
  void withNeitherFolderNorStoreBothWaysAreNamed() {
    Surroundings surroundings = new Surroundings(folder);
    assertThatThrownBy(() -> open("functions", FUNCTIONS, surroundings))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("folder")
        .hasMessageContaining("exchange:");
    assertThatThrownBy(() -> open("oscar", OSCAR, surroundings))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("folder")
        .hasMessageContaining("exchange:");
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
