package io.twinflow.engine.core.journal;

import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The journal of one run, opened by the engine that owns the run.
 *
 * <p><b>Who calls.</b> One thread at a time. <b>Ownership.</b> The first event that an owner
 * appends is {@code RunOwned} with an epoch higher than any before; from then on appends of older
 * epochs are refused. <b>Durability.</b> When {@link #append} has accepted, the events survive a
 * crash of process and machine. An append is all or nothing.
 */
public interface Journal extends AutoCloseable {

  /** The sequence of the last event; 0 if there is none. */
  long head();

  /** How many bytes of events were appended since it was opened. */
  long written();

  /**
   * Appends events, all or none.
   *
   * @param expectedSequence the head as the caller knows it; the events' sequences follow it
   *     without gaps
   * @param epoch of the caller's ownership
   * @param appendId never used before for this run; makes an append whose answer was lost findable
   */
  Appended append(long expectedSequence, long epoch, String appendId, List<Envelope> events);

  /**
   * Whether nobody can have taken the run over since the last append. Asked before an effect is let
   * out: an owner that slept past its lease must not act on what it decided before.
   */
  boolean isSurelyOwned();

  /** Whether these events begin an epoch; 0 is the maker's, before anybody owns the run. */
  static boolean takesOver(long epoch, List<Envelope> events) {
    return events.stream()
        .map(Envelope::event)
        .anyMatch(event -> event instanceof Event.RunOwned owned && owned.epoch() == epoch);
  }

  /** After an unknown append: the sequence of its last event, or empty if it was not made. */
  OptionalLong find(String appendId) throws IOException;

  /**
   * All events after a sequence, in order.
   *
   * @throws DamagedJournalException if something before the end cannot be read
   */
  void read(long after, Consumer<Envelope> reader) throws IOException;

  /** Gives ownership back. */
  @Override
  void close();
}
