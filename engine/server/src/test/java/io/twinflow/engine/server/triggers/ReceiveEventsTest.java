package io.twinflow.engine.server.triggers;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.twinflow.triggers.inbox.Inbox;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ReceiveEventsTest {

  /** Most servers have none; the database is never asked. */
  @Test
  void withoutSourcesItStartsAndStops() {
    PGSimpleDataSource none = new PGSimpleDataSource();
    ReceiveEvents receive =
        new ReceiveEvents(
            List.of(),
            List::of,
            none,
            new SourceIntakes(
                new Inbox(none), new TriggerBells(), new SimpleMeterRegistry(), "default"));
    receive.start();
    assertThat(receive.isRunning()).isTrue();
    receive.stop();
    assertThat(receive.isRunning()).isFalse();
    assertThat(receive.isReceiving()).isFalse();
  }
}
