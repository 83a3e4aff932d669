package io.twinflow.executors.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Setting.Written;
import io.twinflow.executors.api.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSettingsTest {

  private static Settings token(Written written) {
    return Settings.of(
        "sites", "hpc", Map.of("token", new Setting(written, "t.yaml:3:5")), "t.yaml:1:1");
  }

  private static Written fields(String name, String value) {
    return new Written.Fields(Map.of(name, Setting.text(value, "t.yaml:4:7")));
  }

  private static Tokens command(String... words) throws Exception {
    Written items =
        new Written.Items(
            List.of(words).stream().map(word -> Setting.text(word, "t.yaml:4:9")).toList());
    return TokenSettings.read(
            token(new Written.Fields(Map.of("command", new Setting(items, "t.yaml:4:7")))), "token")
        .orElseThrow();
  }

  @Test
  void a_file_holds_a_token(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("token");
    Tokens tokens =
        TokenSettings.read(token(fields("file", file.toString())), "token").orElseThrow();
    assertThatThrownBy(tokens::token).hasMessageContaining(file + " does not exist");
    Files.writeString(file, " abc\n");
    assertThat(tokens.token()).isEqualTo("abc");
  }

  @Test
  void a_command_prints_a_token_with_or_without_a_name() throws Exception {
    assertThat(command("echo", "SLURM_JWT=a.b.c=").token()).isEqualTo("a.b.c=");
    assertThat(command("printf", "news\\na.b.c\\n").token()).isEqualTo("a.b.c");
  }

  @Test
  void a_command_that_fails_is_named_and_what_it_printed_is_not() {
    assertThatThrownBy(() -> command("sh", "-c", "echo secret; exit 3").token())
        .hasMessageContaining("sh ended with exit code 3")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> command("no-such-program-here").token())
        .hasMessageContaining("no-such-program-here cannot be run");
  }

  @Test
  void a_command_that_prints_no_token_is_told_with_its_last_words() {
    assertThatThrownBy(
            () -> command("sh", "-c", "echo first >&2; echo 'You are not logged in' >&2").token())
        .hasMessage(
            "sh ended with exit code 0 and printed nothing: expected a token on its standard output;"
                + " it said: You are not logged in");
    assertThatThrownBy(() ->
            command("sh", "-c", "echo 'no credentials of user twin' >&2; echo >&2; exit 1").token())
        .hasMessageContaining("exit code 1")
        .hasMessageEndingWith("; it said: no credentials of user twin");
  }

  @Test
  void a_command_that_talks_much_is_heard_to_its_end() {
    assertThatThrownBy(() ->
            command(
                    "sh",
                    "-c",
                    "i=0; while [ $i -lt 20000 ]; do echo words; i=$((i+1)); done >&2; echo end >&2")
                .token())
        .hasMessageEndingWith("; it said: end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tried Hunter2x, which is wrong",
        "password: Hunter2x was refused",
        "Authorization: Bearer Hunter2x",
        "SLURM_JWT=Hunter2x",
        "refused eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJIdW50ZXIyeCJ9.Hunter2x",
        "refused c2VjcmV0c2VjcmV0c2VjcmV0Hunter2x",
      })
  void a_secret_in_the_last_words_is_not_told(String words) {
    String printed = words.startsWith("tried") ? "echo Hunter2x; " : "";
    assertThatThrownBy(
            () -> command("sh", "-c", printed + "echo '" + words + "' >&2; exit 1").token())
        .hasMessageContaining("; it said: " + words.substring(0, 5))
        .hasMessageNotContaining("unter2x");
  }

  @Test
  void a_variable_that_is_not_set_is_named() throws Exception {
    Tokens tokens =
        TokenSettings.read(token(fields("environment", "TWINFLOW_NO_SUCH")), "token").orElseThrow();
    assertThatThrownBy(tokens::token).hasMessageContaining("TWINFLOW_NO_SUCH is not set");
  }

  @Test
  void a_token_itself_does_not_belong_there() {
    assertThatThrownBy(() -> TokenSettings.read(token(new Written.Text("a.b.c")), "token"))
        .hasMessageContaining("t.yaml:3:5: sites.hpc.token: expected one of file: PATH");
    assertThatThrownBy(() -> TokenSettings.read(token(new Written.Fields(Map.of())), "token"))
        .hasMessageContaining("expected one of file: PATH");
  }
}
