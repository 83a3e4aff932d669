package io.twinflow.engine.server.tell;

import io.twinflow.engine.server.net.OutgoingUrls;
import io.twinflow.engine.server.net.RefusedUrlException;
import io.twinflow.engine.server.tell.HttpCall.Proof;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Makes calls for people, where the server may call, and with the secrets that are theirs. A secret
 * goes into the request and nowhere else: an answer that repeats it is kept without it.
 */
@Component
public final class SendHttp {

  private static final int MOST_BYTES = 256 << 10;
  private static final int UNKNOWN = 401;
  private static final int TOO_MANY = 429;
  private static final int THEIR_FAULT = 500;
  private static final String SENDABLE = "[!-~]+";
  private static final String HIDDEN = "***";

  private final OutgoingUrls outgoing;
  private final NamedSecrets secrets;
  private final Clock clock = Clock.systemUTC();

  SendHttp(OutgoingUrls outgoing, NamedSecrets secrets) {
    this.outgoing = outgoing;
    this.secrets = secrets;
  }

  /**
   * @param subject for whom; their secrets can be used
   */
  public Outcome send(HttpCall call, String subject) {
    try {
      OutgoingUrls.Reply reply =
          switch (call.proof()) {
            case Proof.None _ -> reply(call, Map.of());
            case Proof.Bearer(String name) -> bearing(call, secret(name, subject));
            case Proof.Signature(String name, String id) ->
                reply(
                    call,
                    SignWebhook.headers(
                        secret(name, subject).text(),
                        id,
                        clock.instant(),
                        call.body() == null ? new byte[0] : call.body()));
          };
      return reply.status() == TOO_MANY || reply.status() >= THEIR_FAULT
          ? new Outcome.Later("%s answers %d".formatted(call.url(), reply.status()))
          : new Outcome.Answered(reply);
    } catch (NotToBeSentException | RefusedUrlException e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Outcome.Later(String.valueOf(e.getMessage()));
    }
  }

  private NamedSecret secret(String name, String subject) throws NotToBeSentException {
    return secrets
        .find(name, subject)
        .orElseThrow(() -> new NotToBeSentException(secrets.whyNot(name, subject).orElseThrow()));
  }

  private OutgoingUrls.Reply bearing(HttpCall call, NamedSecret secret)
      throws NotToBeSentException, IOException {
    if (!secret.maySendTo(call.url())) {
      throw new NotToBeSentException(
          "the secret \"%s\" is not sent to %s; an administrator says in twinflow.yaml where to (secrets.%s.to)"
              .formatted(secret.name(), call.url(), secret.name()));
    }
    String shown = secret.text();
    OutgoingUrls.Reply reply = bearing(call, secret, shown);
    if (reply.status() == UNKNOWN) {
      secret.refused(shown);
      String newer = secret.text();
      return newer.equals(shown) ? reply : bearing(call, secret, newer);
    }
    return reply;
  }

  private OutgoingUrls.Reply bearing(HttpCall call, NamedSecret secret, String text)
      throws NotToBeSentException, IOException {
    if (!text.matches(SENDABLE)) {
      throw new NotToBeSentException(
          "the secret \"%s\" is no bearer token: expected one line of visible ASCII characters"
              .formatted(secret.name()));
    }
    OutgoingUrls.Reply reply = reply(call, Map.of("Authorization", "Bearer " + text));
    Map<String, String> headers = new LinkedHashMap<>();
    reply.headers().forEach((name, value) -> headers.put(name, value.replace(text, HIDDEN)));
    return new OutgoingUrls.Reply(reply.status(), headers, reply.body().replace(text, HIDDEN));
  }

  private OutgoingUrls.Reply reply(HttpCall call, Map<String, String> proof) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>(call.headers());
    headers.putAll(proof);
    return outgoing.call(call.method(), call.url(), headers, call.body(), MOST_BYTES);
  }
}
