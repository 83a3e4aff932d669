package io.twinflow.engine.server.tell;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what is told, as Standard Webhooks says (standardwebhooks.com): with HMAC-SHA256. */
final class SignWebhook {

  private static final String ENCODED = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";

  /** Keys that are shorter could be guessed; the standard wants 24 to 64 bytes. */
  private static final int LEAST_BYTES = 24;

  private SignWebhook() {}

  /**
   * The headers that prove it.
   *
   * @param secret the key's bytes in base64 after {@code whsec_}, or a text that is the key
   * @param id stays the same when it is sent again
   * @throws NotToBeSentException if the secret is no key
   */
  static Map<String, String> headers(String secret, String id, Instant now, byte[] body)
      throws NotToBeSentException {
    String at = Long.toString(now.getEpochSecond());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", at);
    headers.put("webhook-signature", "v1," + signature(key(secret), id + "." + at + ".", body));
    return headers;
  }

  private static byte[] key(String secret) throws NotToBeSentException {
    byte[] key;
    try {
      key =
          secret.startsWith(ENCODED)
              ? Base64.getDecoder().decode(secret.substring(ENCODED.length()))
              : secret.getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new NotToBeSentException("the secret has no base64 after " + ENCODED, e);
    }
    if (key.length < LEAST_BYTES) {
      throw new NotToBeSentException(
          "the secret is too short to sign with: expected a key of at least %d bytes, as openssl rand -hex 32 makes it"
              .formatted(LEAST_BYTES));
    }
    return key;
  }

  private static String signature(byte[] key, String before, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(before.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
