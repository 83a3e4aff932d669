package io.twinflow.triggers.source;

import io.twinflow.triggers.inbox.Arrival;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.inbox.Sender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps the events of messages in the inbox. */
public final class KeepMessages implements Intake {

  private final Inbox inbox;
  private final Sender sender;
  private final ReadMessage read;
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
    this.outcome = outcome;
  }

  @Override
  public void take(List<Message> messages) throws IOException {
    List<Arrival> arrivals = new ArrayList<>();
    messages.forEach(message -> arrivals.addAll(read.of(message)));
    int accepted = 0;
    int refused = 0;
    List<Boolean> kept = inbox.keepAll(sender, arrivals);
    for (int i = 0; i < kept.size(); i++) {
      accepted += kept.get(i) ? 1 : 0;
      refused += kept.get(i) && arrivals.get(i).refused() != null ? 1 : 0;
    }
    outcome.kept(accepted, kept.size() - accepted, refused);
  }
}
