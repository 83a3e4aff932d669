package io.twinflow.triggers.firing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.twinflow.engine.postgres.TestDatabase;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.inbox.KeptEvent;
import io.twinflow.triggers.inbox.Sender;
import io.twinflow.triggers.rule.TriggerRule;
import io.twinflow.workflowdefs.expression.Evaluators;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each condition lets an event by and holds another back, from the inbox to the firing. */
class TriggerFieldsIT {

  private static final Sender ANN = new Sender("default", "ann");

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private static CloudEvent event(
      String id, String source, String subject, String mediaType, String data, String time) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withSource(URI.create(source))
        .withType(id.startsWith("d") ? "reading.daily" : "reading.hourly")
        .withSubject(subject)
        .withData(mediaType, data.getBytes(StandardCharsets.UTF_8))
        .withTime(OffsetDateTime.parse(time))
        .build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {type: reading.daily}
          {source: /gauges/*, type: reading.*}
          {subject: 'delft/**.csv'}
          {type: reading.*, mediaType: Text/CSV}
          {type: reading.*, mediaType: text/*}
          {type: reading.*, size: {least: 10}}
          {type: reading.*, size: {least: 5, most: 15}}
          {sql: "site = 'north'"}
          {type: reading.*, sql: "time LIKE '2026-11-21%'"}
          """)
  void eachHoldsSomethingBack(String filter) throws Exception {
    String document = "{name: t, filter: %s, workflow: w}".formatted(filter);
    new Triggers(database.pool(), () -> {})
        .save(
            new Triggers.NewTrigger(
                "default",
                "ann",
                document,
                "wf-1",
                null,
                null,
                TriggerRule.read(document, "t.yaml")),
            false);
    CloudEvent by =
        CloudEventBuilder.v1(
                event(
                    "d1",
                    "/gauges/1",
                    "delft/2026/a.csv",
                    "text/csv; charset=utf-8",
                    "level\n3.25\n",
                    "2026-11-21T12:00:00Z"))
            .withExtension("site", "north")
            .build();
    CloudEvent back =
        CloudEventBuilder.v1(
                event(
                    "h1",
                    "/weirs/1/2",
                    "breda/a.csv",
                    "application/json",
                    "{}",
                    "2026-11-22T12:00:00Z"))
            .withExtension("site", "south")
            .build();
    Inbox inbox = new Inbox(database.pool());
    inbox.keep(ANN, List.of(by, back));
    new Dispatch(database.pool(), Evaluators.standard()).next();

    assertThat(inbox.page("default", new Inbox.Query(null, null, null, null, null), 10))
        .extracting(kept -> kept.event().getId(), KeptEvent::state)
        .containsExactlyInAnyOrder(tuple("d1", "matched"), tuple("h1", "unmatched"));
    Firings.Query all = new Firings.Query(null, null, null, null, null, null, null, null);
    assertThat(new Firings(database.pool(), () -> {}).page("default", all, 10)).hasSize(1);
  }
}
