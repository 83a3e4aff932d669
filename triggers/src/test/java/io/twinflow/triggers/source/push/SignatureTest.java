package io.twinflow.triggers.source.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {

  /** The example of GitHub's documentation, "Validating webhook deliveries". */
  private static final String SECRET = "It's a Secret to Everybody";

  private static final byte[] BODY = "Hello, World!".getBytes(StandardCharsets.UTF_8);
  private static final String GOOD =
      "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  private static boolean isBy(String secret, String header, String value) {
    return Signature.isBy(secret, Map.of(header, value), BODY);
  }

  @ParameterizedTest
  @CsvSource({
    "x-hub-signature-256, sha256=",
    "x-gitea-signature, ''",
    "x-forgejo-signature, ''",
    "x-gogs-signature, ''"
  })
  void whatIsSignedWithTheSecretIsTaken(String header, String prefix) {
    assertThat(isBy(SECRET, header, prefix + GOOD)).isTrue();
    assertThat(isBy(SECRET, header, prefix + GOOD.replace('7', '8'))).isFalse();
    assertThat(isBy("another", header, prefix + GOOD)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "x-hub-signature-256, ''",
    "x-hub-signature-256, sha256=",
    "x-hub-signature-256, sha256=75",
    "x-hub-signature-256, sha256=no hex",
    "x-hub-signature, 757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
  })
  void whatIsNoSignatureIsNone(String header, String value) {
    assertThat(isBy(SECRET, header, value)).isFalse();
    assertThat(isBy("", header, value)).isFalse();
  }

  @Test
  void aSignedBodyNeedsNoSecretBesideIt() throws Exception {
    PushSource source = new PushSource("repo", () -> SECRET, Clock.systemUTC());
    Pushed signed =
        new Pushed(List.of(), Map.of("x-hub-signature-256", "sha256=" + GOOD), null, BODY);
    assertThat(source.accept(signed)).isPresent();
    Pushed changed =
        new Pushed(
            List.of(),
            Map.of("x-hub-signature-256", "sha256=" + GOOD),
            null,
            "Hello, World?".getBytes(StandardCharsets.UTF_8));
    assertThat(source.accept(changed)).isEmpty();
    assertThat(source.accept(new Pushed(List.of(), Map.of(), null, BODY))).isEmpty();
  }
}
