package io.twinflow.triggers.source.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.site.Finding.Level;
import io.twinflow.executors.api.token.Tokens;
import io.twinflow.triggers.source.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushSourceTest {

  private static final String SECRET = "0123456789abcdef";

  private final PushSource source = source(() -> SECRET);

  private static PushSource source(Tokens secret) {
    return new PushSource("bucket", secret, Clock.systemUTC());
  }

  private static Pushed pushed(List<String> shown, String body) {
    return new Pushed(shown, Map.of(), "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<String> body(List<String> shown, String body) throws IOException {
    return source
        .accept(pushed(shown, body))
        .map(message -> new String(message.body(), StandardCharsets.UTF_8));
  }

  private static String record(String opaque) {
    return "{\"eventName\":\"ObjectCreated:Put\",\"opaqueData\":\"%s\",\"s3\":{\"n\":15}}"
        .formatted(opaque);
  }

  private static String records(String... records) {
    return "{\"Records\":[" + String.join(",", records) + "]}";
  }

  @Test
  void aSecretThatIsShownLeavesTheBodyAsItIs() throws Exception {
    String body = records(record("of the user"));
    assertThat(body(List.of("another", SECRET), body)).contains(body);
  }

  @Test
  void theSecretOfEachRecordIsTakenAway() throws Exception {
    assertThat(body(List.of(), records(record(SECRET), record(SECRET))))
        .contains(
            records(record(SECRET), record(SECRET))
                .replace("\"opaqueData\":\"" + SECRET + "\",", ""));
    assertThat(body(List.of(SECRET), records(record("of the user"), record(SECRET))).orElseThrow())
        .contains("of the user")
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "no JSON",
        "{\"Records\":[]}",
        "{\"Records\":[7]}",
        "{\"opaqueData\":\"0123456789abcdef\"}",
        "{\"Records\":[{\"opaqueData\":\"0123456789abcdef\"},{\"opaqueData\":\"other\"}]}",
        "{\"Records\":[{\"opaqueData\":\"0123456789abcdef\"},{}]}",
        "{\"Records\":[{\"opaqueData\":[\"0123456789abcdef\"]}]}",
        "{\"Records\":[{\"opaqueData\":\"0123456789abcde\"}]}"
      })
  void whoeverDoesNotShowItIsNotHeard(String body) throws Exception {
    assertThat(body(List.of("", "0123456789ABCDEF", SECRET + " "), body)).isEmpty();
  }

  @Test
  void withoutASecretNobodyIsHeardAndTheAdministratorIsToldWhy() {
    PushSource none =
        source(() -> {
          throw new IOException("/etc/secret does not exist");
        });
    assertThatThrownBy(() -> none.accept(pushed(List.of(""), "{}")))
        .hasMessage("/etc/secret does not exist");
    assertThat(none.check())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.level()).isEqualTo(Level.PROBLEM);
          assertThat(finding.found()).contains("/etc/secret");
        });
  }

  @Test
  void aSecretThatCanBeGuessedIsNoted() {
    assertThat(source(() -> "hunter2").check().getFirst().level()).isEqualTo(Level.NOTE);
    assertThat(source.check().getFirst().level()).isEqualTo(Level.GOOD);
  }

  @Test
  void attributesInHeadersAreDecoded() throws Exception {
    Map<String, String> headers =
        Map.of("ce-id", "7", "ce-subject", "b%C3%A9", "ce-type", "100%", "x-api-key", SECRET);
    Message message =
        source
            .accept(new Pushed(List.of(SECRET), headers, "text/csv", new byte[] {'1'}))
            .orElseThrow();
    assertThat(message.attributes())
        .containsExactlyInAnyOrderEntriesOf(Map.of("id", "7", "subject", "bé", "type", "100%"));
    assertThat(message.channel()).hasToString("/api/v1/sources/bucket/events");
  }

  @Test
  void requestsThatAreNoEventsAreOneEach() throws Exception {
    Pushed pushed = pushed(List.of(SECRET), "{}");
    assertThat(source.accept(pushed).orElseThrow().id())
        .isNotEqualTo(source.accept(pushed).orElseThrow().id());
  }
}
