package io.twinflow.triggers.source.schedule;

import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.look.Looking;
import io.twinflow.triggers.source.look.LookingSource;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Times that come again; those that are over can be asked for. */
public final class ScheduleSource implements LookingSource {

  private final Plan plan;
  private final Looking looking;

  ScheduleSource(String name, Plan plan, Clock clock) {
    this.plan = plan;
    this.looking = new Looking(name, new ScheduleLook(name, plan, clock), clock);
  }

  /**
   * The messages of a range of time, the same as those that came, or would have come, by
   * themselves.
   *
   * @param from the first moment
   * @param to the first moment behind it
   * @param most one more than this says that there are more
   */
  public List<Message> between(Instant from, Instant to, int most) {
    List<Message> messages = new ArrayList<>();
    Optional<Instant> next = plan.times().next(from.minusNanos(1));
    while (next.isPresent() && next.get().isBefore(to) && messages.size() <= most) {
      messages.add(plan.message(next.get()));
      next = plan.times().next(next.get());
    }
    return messages;
  }

  @Override
  public Looking looking() {
    return looking;
  }
}
