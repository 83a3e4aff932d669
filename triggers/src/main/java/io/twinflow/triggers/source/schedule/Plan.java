package io.twinflow.triggers.source.schedule;

import io.twinflow.triggers.source.Message;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * A schedule as its administrator wrote it.
 *
 * @param grace so late a time may be, and is no missed one
 * @param most so many missed times are made good at most, the newest ones
 */
record Plan(URI channel, Times times, CatchUp catchUp, Duration grace, int most) {

  private static final String TYPE = "io.twinflow.schedule.time";

  /** The same time is the same event, however often and by whomever it is made. */
  Message message(Instant due) {
    String data =
        "{\"scheduled\":\"%s\",\"zone\":\"%s\"}"
            .formatted(
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(due.atZone(times.zone())),
                times.zone().getId());
    return new Message(
        channel,
        due.toString(),
        TYPE,
        Map.of(),
        "application/json",
        null,
        due,
        data.getBytes(StandardCharsets.UTF_8));
  }
}
