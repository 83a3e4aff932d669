package io.twinflow.engine.server.tell;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that somebody here wants to have made.
 *
 * @param body null for none
 * @param proof who says that it is they who call
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpCall(
    String method, URI url, Map<String, String> headers, byte @Nullable [] body, Proof proof) {

  private static final String KEY = "Idempotency-Key";

  /** How a call is known to be ours. */
  public sealed interface Proof {
    record None() implements Proof {}

    /** A secret of the server is sent with it. */
    record Bearer(String secret) implements Proof {}

    /** It is signed with a secret of the server. */
    record Signature(String secret, String id) implements Proof {}

    /** Of a secret that need not be named. */
    static Proof bearer(@Nullable String secret) {
      return secret == null ? new None() : new Bearer(secret);
    }

    /** The same. */
    static Proof signature(@Nullable String secret, String id) {
      return secret == null ? new None() : new Signature(secret, id);
    }
  }

  public HttpCall {
    headers = Map.copyOf(headers);
  }

  /**
   * A notification.
   *
   * @param id by which who is told knows one that came before
   * @param secret the name of one to sign it with; null for none
   */
  public static HttpCall webhook(URI url, String id, byte[] json, @Nullable String secret) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(KEY, id);
    headers.put("Content-Type", "application/json");
    return new HttpCall("POST", url, headers, json, Proof.signature(secret, id));
  }

  /** The headers under which one that came before is known. */
  public static Map<String, String> known(String id) {
    return Map.of(KEY, id);
  }
}
