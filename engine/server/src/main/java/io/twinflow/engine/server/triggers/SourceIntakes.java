package io.twinflow.engine.server.triggers;

import io.micrometer.core.instrument.MeterRegistry;
import io.twinflow.triggers.firing.Trigger;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.inbox.Sender;
import io.twinflow.triggers.source.ConfiguredSource;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.KeepMessages;

/** Takes what sources have into the inbox, wakes the triggers, and counts. */
public final class SourceIntakes {

  private final Inbox inbox;
  private final TriggerBells bells;
  private final MeterRegistry meters;
  private final String tenant;

  public SourceIntakes(Inbox inbox, TriggerBells bells, MeterRegistry meters, String tenant) {
    this.inbox = inbox;
    this.bells = bells;
    this.meters = meters;
    this.tenant = tenant;
  }

  public Intake of(ConfiguredSource source) {
    return of(source, (accepted, duplicates, refused) -> {});
  }

  /**
   * @param outcome is told too
   */
  public Intake of(ConfiguredSource source, KeepMessages.Outcome outcome) {
    return KeepMessages.of(
        inbox,
        sender(source),
        source,
        (accepted, duplicates, refused) -> {
          tell(source, accepted, duplicates, refused);
          outcome.kept(accepted, duplicates, refused);
        });
  }

  /** For its sweep, whose events are the source's. */
  Intake ofSweep(ConfiguredSource source) {
    return KeepMessages.ofSweep(
        inbox,
        sender(source),
        source,
        (accepted, duplicates, refused) -> tell(source, accepted, duplicates, refused));
  }

  private Sender sender(ConfiguredSource source) {
    return new Sender(tenant, Trigger.SOURCE + source.name());
  }

  private void tell(ConfiguredSource source, int accepted, int duplicates, int refused) {
    bells.eventsCame();
    count(source, "accepted", accepted - refused);
    count(source, "refused", refused);
    count(source, "duplicate", duplicates);
  }

  private void count(ConfiguredSource source, String outcome, int events) {
    meters
        .counter("twinflow.events", "source", source.name(), "outcome", outcome)
        .increment(events);
  }
}
