package io.twinflow.engine.server.tell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.site.SitesFile;
import io.twinflow.executors.api.settings.InvalidSettingException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NamedSecretsTest {

  @TempDir private Path folder;

  private NamedSecrets read(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("twinflow.yaml"), text);
    return NamedSecrets.of(SitesFile.read(file).secrets());
  }

  private void refuses(String text, String... said) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidSettingException.class)
        .message()
        .contains(said);
  }

  @Test
  void aSecretIsForThoseWhoAreNamedAndGoesWhereItMay() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), "open sesame\n");
    NamedSecrets secrets =
        read(
            "secrets: {warn: {file: %s, for: [ann, bob], to: https://api.example.org/v1}, all: {file: %s, for: everyone}}"
                .formatted(file, file));
    assertThat(secrets.whyNot("warn", "ann")).isEmpty();
    assertThat(secrets.whyNot("all", "eve")).isEmpty();
    // Whether there is one, is nobody's business but theirs.
    assertThat(secrets.whyNot("warn", "eve").orElseThrow())
        .isEqualTo(secrets.whyNot("none", "eve").orElseThrow().replace("none", "warn"));
    NamedSecret warn = secrets.find("warn", "bob").orElseThrow();
    assertThat(warn.text()).isEqualTo("open sesame");
    assertThat(warn.maySendTo(URI.create("https://api.example.org/v1/x"))).isTrue();
    assertThat(warn.maySendTo(URI.create("http://api.example.org/v1/x"))).isFalse();
    assertThat(warn.maySendTo(URI.create("https://api.example.org.evil.net/v1/x"))).isFalse();
    NamedSecret all = secrets.find("all", "eve").orElseThrow();
    assertThat(all.maySendTo(URI.create("https://api.example.org/v1"))).isFalse();
    assertThat(warn.toString() + all).doesNotContain("sesame");
  }

  @Test
  void whatIsGoneIsToldWithoutTellingOfThisMachine() throws Exception {
    NamedSecrets secrets = read("secrets: {s: {file: /nowhere/s, for: ann}}");
    assertThatThrownBy(() -> secrets.find("s", "ann").orElseThrow().text())
        .hasMessageContaining("\"s\" cannot be had now")
        .message()
        .doesNotContain("/nowhere");
  }

  @Test
  void whatCannotBeUsedIsRefusedWhereItStands() {
    refuses("secrets: {s: {file: /s}}", "twinflow.yaml:1:", "secrets.s.for is missing");
    refuses("secrets: {s: {for: ann}}", "expected one of file: PATH");
    refuses("secrets: {s: {file: /s, environment: S, for: ann}}", "expected one of file: PATH");
    refuses("secrets: {s: hunter2}", "secrets.s: expected fields");
    refuses("secrets: {s: {file: /s, for: ann, too: x}}", "secrets.s.too means nothing here");
    refuses("secrets: {s: {file: /s, for: ann, to: 'ftp://x'}}", "secrets.s.to: expected");
    refuses("secrets: {'a b': {file: /s, for: ann}}", "the secret 'a b'");
  }
}
