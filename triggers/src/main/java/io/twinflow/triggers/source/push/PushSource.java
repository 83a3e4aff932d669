package io.twinflow.triggers.source.push;

import io.twinflow.engine.core.plan.Digests;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.api.token.Tokens;
import io.twinflow.triggers.cloudevents.HttpBinding;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceState;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Waits for requests of a system that shows a secret. It asks nobody for anything: every server of
 * an installation takes what it is sent, and the one that sends waits for the answer.
 */
public final class PushSource implements Source {

  private static final String TYPE = "io.twinflow.push.message";
  private static final int SHORT = 16;

  private final URI channel;
  private final Tokens secret;
  private final Instant since;
  private final AtomicLong taken = new AtomicLong();

  PushSource(String name, Tokens secret, Clock clock) {
    this.channel = URI.create(path(name));
    this.secret = secret;
    this.since = clock.instant();
  }

  /** Where its system sends to. */
  public static String path(String name) {
    return "/api/v1/sources/" + name + "/events";
  }

  /**
   * The message of a request, without the secret; empty if the secret is missing or another.
   *
   * @throws IOException if the secret cannot be had here and now
   */
  public Optional<Message> accept(Pushed pushed) throws IOException {
    String known = secret.token();
    byte[] expected = digest(known);
    Predicate<String> isSecret = shown -> MessageDigest.isEqual(digest(shown), expected);
    OpaqueData opaque = OpaqueData.of(pushed.body());
    // All are compared, so that the time tells nothing of any.
    boolean beside = pushed.shown().stream().filter(isSecret).count() > 0;
    boolean within = opaque.all(isSecret);
    boolean signed = Signature.isBy(known, pushed.headers(), pushed.body());
    if (!beside && !within && !signed) {
      return Optional.empty();
    }
    return Optional.of(message(pushed, opaque.without(isSecret, pushed.body())));
  }

  /** As texts of the same length, whatever was shown. */
  private static byte[] digest(String text) {
    return Digests.start().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private Message message(Pushed pushed, byte[] body) {
    Map<String, String> attributes = HttpBinding.attributes(pushed.contentType(), pushed.headers());
    return new Message(
        channel,
        UUID.randomUUID().toString(),
        TYPE,
        attributes,
        pushed.contentType(),
        null,
        null,
        body);
  }

  /** So many messages were kept. */
  public void took(int messages) {
    taken.addAndGet(messages);
  }

  @Override
  public void start(Intake intake) {
    // It is asked by whoever is sent something.
  }

  @Override
  public SourceState state() {
    return new SourceState(true, since, null, taken.get());
  }

  @Override
  public List<Finding> check() {
    try {
      return secret.token().length() < SHORT
          ? List.of(
              Finding.note(
                  "secret",
                  "it is shorter than %d characters".formatted(SHORT),
                  "take one that nobody can guess: openssl rand -hex 32"))
          : List.of(Finding.good("secret", "is there; events are sent to " + channel));
    } catch (IOException e) {
      return List.of(Finding.problem("secret", String.valueOf(e.getMessage()), "mend secret:"));
    }
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
