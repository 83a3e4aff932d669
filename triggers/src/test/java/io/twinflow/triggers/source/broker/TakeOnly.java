package io.twinflow.triggers.source.broker;

import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.Message;
import java.util.List;
import java.util.Optional;

/** For sources whose broker remembers how far they have come. */
interface TakeOnly extends Intake {

  @Override
  default void take(List<Message> messages, String position) {
    throw new AssertionError("a broker remembers the position itself: " + position);
  }

  @Override
  default Optional<String> position() {
    throw new AssertionError("a broker remembers the position itself");
  }
}
