package io.twinflow.triggers.source.broker;

import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers what it was given, or refuses all. */
public final class Keeper implements Intake {

  public static final String REFUSAL = "the database does not answer";

  private final List<Message> taken = new ArrayList<>();
  private boolean refusing;
  private int refusals;
  private @Nullable String last;

  @Override
  public synchronized void take(List<Message> messages) throws IOException {
    if (refusing) {
      refusals++;
      throw new IOException(REFUSAL);
    }
    taken.addAll(messages);
  }

  @Override
  public synchronized void take(List<Message> messages, String position) throws IOException {
    take(messages);
    last = position;
  }

  @Override
  public synchronized Optional<String> position() {
    return Optional.ofNullable(last);
  }

  public synchronized void refuse(boolean all) {
    refusing = all;
  }

  public synchronized int refusals() {
    return refusals;
  }

  public synchronized List<Message> taken() {
    return List.copyOf(taken);
  }

  /** In the order in which they were first taken, each once. */
  public List<String> bodies() {
    return taken().stream().map(Keeper::body).distinct().toList();
  }

  public static String body(Message message) {
    return new String(message.body(), StandardCharsets.UTF_8);
  }

  /** How many different ids messages with this body had. */
  public long ids(String body) {
    return taken().stream()
        .filter(message -> Objects.equals(body(message), body))
        .map(Message::id)
        .distinct()
        .count();
  }
}
