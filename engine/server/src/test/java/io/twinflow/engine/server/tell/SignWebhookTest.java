package io.twinflow.engine.server.tell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The first is the example of the standard; the second was made by Python's hmac. */
final class SignWebhookTest {

  private static String signature(String secret, String id, long at, String body) throws Exception {
    return SignWebhook.headers(
            secret, id, Instant.ofEpochSecond(at), body.getBytes(StandardCharsets.UTF_8))
        .get("webhook-signature");
  }

  @Test
  void aKeyInBase64IsTheBytesItStandsFor() throws Exception {
    assertThat(
            signature(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void anyOtherTextIsTheKeyItself() throws Exception {
    assertThat(signature("0123456789abcdef0123456789abcdef", "one", 1_700_000_000, "{}"))
        .isEqualTo("v1,sAw7jzgpli4dclqSXteHhuRloIT5grWK4cd5Lf+6YFY=");
    assertThat(
            SignWebhook.headers(
                "0123456789abcdef0123456789abcdef", "one", Instant.EPOCH, new byte[0]))
        .containsEntry("webhook-id", "one")
        .containsEntry("webhook-timestamp", "0");
  }

  @Test
  void whatIsNoKeyIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> signature("letmein", "one", 0, ""))
        .isInstanceOf(NotToBeSentException.class)
        .hasMessageContaining("at least 24 bytes")
        .message()
        .doesNotContain("letmein");
    assertThatThrownBy(() -> signature("whsec_%%%", "one", 0, ""))
        .isInstanceOf(NotToBeSentException.class)
        .hasMessageContaining("no base64")
        .message()
        .doesNotContain("%%%");
  }
}
