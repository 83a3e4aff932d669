package io.twinflow.triggers.firing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.twinflow.engine.postgres.FiguresFile;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.TestDatabase;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.inbox.Sender;
import io.twinflow.workflowdefs.expression.Evaluators;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What many triggers cost: to be read, and for each event. */
@Tag("long")
class TriggerFiguresIT {

  private static final Sender ANN = new Sender("default", "ann");
  private static final int EVENTS = 4_000;
  private static final int WARM = 4_000;

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private int sent;
  private int made;

  /** Each is for the readings of a station of its own. */
  private void make(int count) throws Exception {
    List<String> names = new ArrayList<>();
    List<String> documents = new ArrayList<>();
    for (; made < count; made++) {
      names.add("t" + made);
      documents.add(
          "name: t%1$d\nfilter: {type: 'com.amazonaws.s3.ObjectCreated:*', subject: 'stations/%1$d/**.csv'}\nworkflow: flood\ninputs: {gauge: {class: File, location: $(self.object.location)}}\n"
              .formatted(made));
    }
    Sql sql = new Sql(database.pool());
    sql.change(
        """
        INSERT INTO trigger (tenant, name, version, subject, document, workflow)
        SELECT 'default', name, 1, 'ann', document, 'wf-1'
        FROM unnest(?::text[], ?::text[]) AS t (name, document)
        """,
        names.toArray(String[]::new),
        documents.toArray(String[]::new));
    sql.change("UPDATE trigger_change SET number = number + 1");
  }

  private List<CloudEvent> events(int count) {
    List<CloudEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++, sent++) {
      events.add(
          CloudEventBuilder.v1()
              .withId("e" + sent)
              .withSource(URI.create("ceph:s3.default.gauges"))
              .withType("com.amazonaws.s3.ObjectCreated:Put")
              .withSubject("stations/%d/%d.csv".formatted(sent % made, sent))
              .build());
    }
    return events;
  }

  private double perSecond(Dispatch dispatch, int count) throws Exception {
    new Inbox(database.pool()).keep(ANN, events(count));
    long start = System.nanoTime();
    int done = 0;
    while (done < count) {
      done += dispatch.next();
    }
    return count / ((System.nanoTime() - start) / 1e9);
  }

  @Test
  void loadingAndMatching() throws Exception {
    Dispatch dispatch = new Dispatch(database.pool(), Evaluators.standard());
    make(10);
    perSecond(dispatch, WARM);
    StringBuilder rows = new StringBuilder();
    for (int count : new int[] {10, 100, 1_000, 10_000}) {
      make(count);
      long start = System.nanoTime();
      assertThat(dispatch.next()).isZero();
      double seconds = (System.nanoTime() - start) / 1e9;
      rows.append(
          String.format(
              Locale.ROOT,
              "| %,d | %.2f s | %.0f |%n",
              count,
              seconds,
              perSecond(dispatch, EVENTS)));
    }
    FiguresFile.write(
        "triggers.md",
        """
        # Many triggers

        Written by `TriggerFiguresIT`: triggers of one subject, each for the objects of a station of its own, are read and checked anew; then one thread asks them about %,d
        events, of which each is for one of them, and writes down what comes of it (a firing each), 200 events in a transaction. PostgreSQL is on the same machine.

        %s
        | triggers | read in | events/s |
        |---|---|---|
        %s\
        """
            .formatted(EVENTS, FiguresFile.machine(), rows));
  }
}
