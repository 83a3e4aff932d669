package io.twinflow.executors.api.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.settings.Setting.Written;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private enum Mode {
    AS_IT_IS,
    OTHER
  }

  private static Setting text(String text) {
    return Setting.text(text, "twinflow.yaml:7:11");
  }

  private static Settings with(String field, Setting setting) {
    Map<String, Setting> fields = new LinkedHashMap<>();
    fields.put(field, setting);
    return Settings.of("sites", "hpc", fields, "twinflow.yaml:5:3");
  }

  private static Settings with(String field, String text) {
    return with(field, text(text));
  }

  @Test
  void what_is_written_is_read() throws Exception {
    assertThat(with("rest", "https://a.example:6820").address("rest"))
        .contains(URI.create("https://a.example:6820"));
    assertThat(with("folder", "/shared/./x").folder("folder")).contains(Path.of("/shared/x"));
    assertThat(with("n", "12").count("n", 0)).contains(12);
    assertThat(with("cost", "0.25").amount("cost")).contains(0.25);
    assertThat(with("mode", "as-it-is").choice("mode", Mode.class)).contains(Mode.AS_IT_IS);
    assertThat(with("x", "1").text("y", "anything")).isEmpty();
    assertThat(with("list", "one").texts("list", "words")).containsExactly("one");
    assertThat(with("on", "yes").isTrue("on", false)).isTrue();
    assertThat(with("on", "yes").isTrue("off", true)).isTrue();
  }

  @Test
  void times_and_sizes_have_units() throws Exception {
    assertThat(with("t", "500ms").time("t")).contains(Duration.ofMillis(500));
    assertThat(with("t", "15s").time("t")).contains(Duration.ofSeconds(15));
    assertThat(with("t", "20m").time("t")).contains(Duration.ofMinutes(20));
    assertThat(with("t", "20 min").time("t")).contains(Duration.ofMinutes(20));
    assertThat(with("t", "2h").time("t")).contains(Duration.ofHours(2));
    assertThat(with("t", "7d").time("t")).contains(Duration.ofDays(7));
    assertThat(with("m", "512M").mebibytes("m")).contains(512L);
    assertThat(with("m", "1.5GiB").mebibytes("m")).contains(1536L);
    assertThatThrownBy(() -> with("t", "15").time("t")).hasMessageContaining("a time such as 15s");
  }

  @Test
  void a_refusal_names_place_field_expected_and_found() {
    assertThatThrownBy(() -> with("rest", "login1:6820").address("rest"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "twinflow.yaml:7:11: sites.hpc.rest: expected an address such as https://site.example.org:6820, found 'login1:6820'");
    assertThatThrownBy(() -> with("x", "1").required("user", "the name of a user"))
        .hasMessage("twinflow.yaml:5:3: sites.hpc.user is missing: expected the name of a user");
    assertThatThrownBy(() -> with("folder", "shared").folder("folder"))
        .hasMessageContaining("expected an absolute path, found 'shared'");
    assertThatThrownBy(() -> with("n", "-1").count("n", 0)).hasMessageContaining("from 0 on");
    assertThatThrownBy(() -> with("mode", "third").choice("mode", Mode.class))
        .hasMessageContaining("one of as-it-is, other");
    assertThatThrownBy(() ->
            with("user", new Setting(new Written.Items(List.of()), "twinflow.yaml:7:11"))
                .text("user", "a name"))
        .hasMessageContaining("expected a name, found a list");
  }

  @Test
  void what_nobody_asked_for_is_refused_in_sections_too() throws Exception {
    Settings settings =
        with("jobs", new Setting(new Written.Fields(Map.of("partion", text("gpu"))), "t:6:5"));
    settings.section("jobs", "fields").orElseThrow().text("partition", "a name");
    assertThatThrownBy(settings::end)
        .hasMessage(
            "twinflow.yaml:7:11: sites.hpc.jobs.partion means nothing here: expected one of partition");
    Settings asked = with("user", "alice");
    asked.required("user", "a name");
    asked.end();
  }
}
