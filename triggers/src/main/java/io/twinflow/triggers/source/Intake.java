package io.twinflow.triggers.source;

import io.twinflow.triggers.source.bucket.ListingPart;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Takes messages over from a source, and remembers how far it has come. */
public interface Intake {

  /**
   * Keeps messages, in their order: they are durable when this returns, those that cannot be read
   * too, with the reason. For many threads.
   *
   * @throws IOException if they may not be kept: acknowledge none, and bring them again later
   */
  void take(List<Message> messages) throws IOException;

  /**
   * The same, and stores how far the source has come with them: both, or neither. For sources whose
   * other side does not remember it.
   */
  void take(List<Message> messages, String position) throws IOException;

  /**
   * Keeps an event for each object of a listing of which none was kept before. For sources with a
   * sweep.
   *
   * @return how many there were
   */
  default int takeNew(ListingPart part) throws IOException {
    throw new UnsupportedOperationException("a source without a sweep lists no bucket");
  }

  /** What was stored last, by whichever server; empty if nothing ever was. */
  Optional<String> position() throws IOException;
}
