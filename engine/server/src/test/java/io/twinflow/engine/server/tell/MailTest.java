package io.twinflow.engine.server.tell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.site.SitesFile;
import io.twinflow.executors.api.settings.InvalidSettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MailTest {

  @TempDir private Path folder;

  private static Mail mail(List<String> to, String subject) {
    return new Mail("id", to, subject, "text", Instant.EPOCH);
  }

  private MailSettings read(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("twinflow.yaml"), "mail: {%s}\n".formatted(text));
    return MailSettings.of(SitesFile.read(file).mail().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann",
        "ann@",
        "@example.org",
        "ann@example.org\r\nBcc: eve@example.org",
        "ann@example.org,eve@example.org",
        "ann@example.org eve@example.org",
        "Ann <ann@example.org>",
        "\"ann\"@example.org",
        "ann(eve)@example.org",
        "a@b@example.org",
        "ann@[127.0.0.1]",
        "ann@exämple.org",
        ""
      })
  void whatIsNoPlainAddressIsRefused(String address) {
    assertThatThrownBy(() -> mail(List.of(address), "s").check())
        .isInstanceOf(NotToBeSentException.class)
        .hasMessageContaining("expected an address")
        .message()
        .doesNotContain("\n", "\r");
  }

  @Test
  void aSubjectIsOneLineAndRecipientsAreNotMany() {
    assertThatCode(() -> mail(Collections.nCopies(50, "a.b+c@x.example"), "ü").check())
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> mail(List.of("a@x.example"), "s\r\nBcc: eve@x.example").check())
        .hasMessageContaining("a subject of one line");
    assertThatThrownBy(() -> mail(List.of("a@x.example"), "s\u0085t").check())
        .hasMessageContaining("a subject of one line");
    assertThatThrownBy(() -> mail(Collections.nCopies(51, "a@x.example"), "s").check())
        .hasMessageContaining("1 to 50 addresses, found 51");
    assertThatThrownBy(() -> mail(List.of(), "s").check()).hasMessageContaining("found 0");
  }

  @Test
  void mailReachesThoseOfThePatternsAlone() throws Exception {
    MailSettings settings =
        read("host: m, from: t@x.example, for: [ann], to: ['*@River.example', ops@y.example]");
    assertThat(settings)
        .returns(587, MailSettings::port)
        .returns(MailSettings.Encryption.STARTTLS, MailSettings::tls);
    assertThat(settings.mayReach("bob@river.EXAMPLE")).isTrue();
    assertThat(settings.mayReach("ops@y.example")).isTrue();
    assertThat(settings.mayReach("dev@y.example")).isFalse();
    assertThat(settings.mayReach("bob@evil-river.example")).isFalse();
    assertThat(settings.mayReach("bob@river.example.net")).isFalse();
    assertThat(settings.isFor("ann")).isTrue();
    assertThat(settings.isFor("eve")).isFalse();
  }

  @Test
  void aServerWithoutMailSaysWhoCouldMendThat() {
    assertThat(SendMail.NONE.whyNot("ann").orElseThrow()).contains("twinflow.yaml");
    assertThat(SendMail.NONE.send(mail(List.of("a@x.example"), "s"), "ann", new Reached()))
        .isInstanceOf(Outcome.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from: t@x.example, for: ann, to: '*@x.example'",
        "host: m, from: t, for: ann, to: '*@x.example'",
        "host: m, from: t@x.example, to: '*@x.example'",
        "host: m, from: t@x.example, for: ann",
        "host: m, from: t@x.example, for: ann, to: '*'",
        "host: m, from: t@x.example, for: ann, to: '*@x.example', user: u",
        "host: m, from: t@x.example, for: ann, to: '*@x.example', password: {file: /p}",
        "host: m, from: t@x.example, for: ann, to: '*@x.example', user: u, password: {file: /p}, tls: off",
        "host: m, from: t@x.example, for: ann, to: '*@x.example', port: 70000",
        "host: m, from: t@x.example, for: ann, to: '*@x.example', bcc: eve@x.example"
      })
  void settingsThatCannotBeUsedAreRefusedWhereTheyStand(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("twinflow.yaml")
        .hasMessageContaining("mail.");
  }
}
