package io.twinflow.triggers.source;

import io.twinflow.triggers.inbox.Arrival;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.inbox.Sender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the events of messages in the inbox. */
public final class KeepMessages implements Intake {

  private final Inbox inbox;
  private final Sender sender;
  private final ReadMessage read;
  private final Positions positions;
  private final Outcome outcome;

  /** Is told what became of messages. */
  public interface Outcome {

    /**
     * @param refused of the accepted ones, those that no trigger will see
     */
    void kept(int accepted, int duplicates, int refused);
  }

  /**
   * @param sender as triggers know the source
   */
  public KeepMessages(Inbox inbox, Sender sender, ConfiguredSource source, Outcome outcome) {
    this.inbox = inbox;
    this.sender = sender;
    this.read = new ReadMessage(source.format(), source.contentType());
    this.positions = new Positions(inbox.sql(), sender);
    this.outcome = outcome;
  }

  @Override
  public void take(List<Message> messages) throws IOException {
    List<Arrival> arrivals = arrivals(messages);
    tell(arrivals, inbox.keepAll(sender, arrivals));
  }

  @Override
  public void take(List<Message> messages, String position) throws IOException {
    List<Arrival> arrivals = arrivals(messages);
    tell(
        arrivals,
        inbox.keepAll(sender, arrivals, connection -> positions.store(connection, position)));
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
