package io.twinflow.triggers.source;

import io.twinflow.triggers.inbox.Arrival;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.inbox.Sender;
import io.twinflow.triggers.source.bucket.ListingPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the events of messages in the inbox. */
public final class KeepMessages implements Intake {

  private final Inbox inbox;
  private final Sender sender;
  private final ReadMessage read;
  private final Positions positions;
  private final @Nullable SweptInbox swept;
  private final Outcome outcome;

  /** Is told what became of messages. */
  public interface Outcome {

    /**
     * @param refused of the accepted ones, those that no trigger will see
     */
    void kept(int accepted, int duplicates, int refused);
  }

  private KeepMessages(
      Inbox inbox, Sender sender, ConfiguredSource source, Positions positions, Outcome outcome) {
    this.inbox = inbox;
    this.sender = sender;
    this.read = new ReadMessage(source.format(), source.contentType());
    this.positions = positions;
    this.swept =
        source.sweep() == null ? null : new SweptInbox(inbox, sender, source.sweep().bucket());
    this.outcome = outcome;
  }

  /**
   * @param sender as triggers know the source
   */
  public static KeepMessages of(
      Inbox inbox, Sender sender, ConfiguredSource source, Outcome outcome) {
    return new KeepMessages(inbox, sender, source, new Positions(inbox.sql(), sender, ""), outcome);
  }

  /** For the sweep of a source, which has a position of its own. */
  public static KeepMessages ofSweep(
      Inbox inbox, Sender sender, ConfiguredSource source, Outcome outcome) {
    return new KeepMessages(
        inbox, sender, source, new Positions(inbox.sql(), sender, "sweep"), outcome);
  }

  @Override
  public void take(List<Message> messages) throws IOException {
    List<Arrival> arrivals = arrivals(messages);
    tell(
        arrivals,
        swept == null ? inbox.keepAll(sender, arrivals) : swept.keep(arrivals, connection -> {}));
  }

  @Override
  public void take(List<Message> messages, String position) throws IOException {
    List<Arrival> arrivals = arrivals(messages);
    Inbox.Along store = connection -> positions.store(connection, position);
    tell(
        arrivals,
        swept == null ? inbox.keepAll(sender, arrivals, store) : swept.keep(arrivals, store));
  }

  @Override
  public int takeNew(ListingPart part) throws IOException {
    int found = Objects.requireNonNull(swept, "a source without a sweep").keepNew(part);
    outcome.kept(found, 0, 0);
    return found;
  }

  @Override
  public Optional<String> position() throws IOException {
    return positions.last();
  }

  private List<Arrival> arrivals(List<Message> messages) {
    List<Arrival> arrivals = new ArrayList<>();
    messages.forEach(message -> arrivals.addAll(read.of(message)));
    return arrivals;
  }

  private void tell(List<Arrival> arrivals, List<Boolean> kept) {
    int accepted = 0;
    int refused = 0;
    for (int i = 0; i < kept.size(); i++) {
      accepted += kept.get(i) ? 1 : 0;
      refused += kept.get(i) && arrivals.get(i).refused() != null ? 1 : 0;
    }
    outcome.kept(accepted, kept.size() - accepted, refused);
  }
}
