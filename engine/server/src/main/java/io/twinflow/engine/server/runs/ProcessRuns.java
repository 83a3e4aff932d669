package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.BeginJournal;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.Instance;
import io.twinflow.engine.core.RunFailures;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Payload;
import io.twinflow.engine.core.journal.Appended;
import io.twinflow.engine.core.journal.Blobs;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.engine.core.journal.Payloads;
import io.twinflow.engine.postgres.PostgresJournalStore;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The journals of runs of processes. They are views: a process is in Flowable's tables, and what
 * happens there is told here after it was committed.
 */
@Component
public final class ProcessRuns {

  private static final long MAKER = 0;

  private final PostgresJournalStore journals;
  private final BeginJournal begin;
  private final Engine engine;
  private final ProcessBell bell;
  private final JdbcClient database;

  ProcessRuns(PostgresJournalStore journals, Engine engine, ProcessBell bell, DataSource database) {
    this.journals = journals;
    this.begin = new BeginJournal(journals);
    this.engine = engine;
    this.bell = bell;
    this.database = JdbcClient.create(database);
  }

  /**
   * Makes a run, which is durable when this returns; its process is started after it. One that is
   * named is made once.
   *
   * @param inputs checked and complete
   */
  RunId make(Submission submission, Submission.Definition.Bpmn process, RecordValue inputs)
      throws FailureException {
    RunId run = submission.id().orElseGet(engine::newRunId);
    try {
      Optional<Journal> begun =
          begin.of(
              run,
              submission.subject(),
              submission.options().priority(),
              submission.id().isPresent());
      if (begun.isPresent()) {
        try (Journal journal = begun.get()) {
          make(run, journal, submission, process, inputs);
        }
      }
    } catch (IOException e) {
      throw RunFailures.of(run, e);
    }
    bell.ring();
    return run;
  }

  /** Before there is an event nobody takes it up, so that no engine takes it for its own. */
  private void make(
      RunId run,
      Journal journal,
      Submission submission,
      Submission.Definition.Bpmn process,
      RecordValue inputs)
      throws IOException {
    database
        .sql(
            """
            UPDATE run SET kind = 'bpmn', admitted = coalesce(admitted, clock_timestamp())
            WHERE id = ?
            """)
        .param(run.value())
        .update();
    Blobs blobs = journals.blobs(run);
    String definition = blobs.put(process.served().text());
    // By which the run is found whose maker died: see FindRunOfUpload.
    blobs.put("{\"upload\":\"/%s/\"}".formatted(Uploads.name(submission.folder())));
    append(
        run,
        journal,
        MAKER,
        submission.subject(),
        List.of(
            new Event.RunCreated(
                submission.subject(),
                process.name(),
                process.served().document().digest(),
                definition,
                new Payloads(blobs).store(inputs),
                submission.options(),
                submission.labels(),
                submission.continues())));
  }

  /** The document that a run is of. */
  public ServedProcess definition(RunId run, Event.RunCreated created) throws IOException {
    try {
      return ServedProcess.kept(
          created.workflowName(), journals.blobs(run).get(created.definition()));
    } catch (InvalidDefinitionException e) {
      throw new IOException(
          "the process of run %s cannot be read any more: %s".formatted(run, e.getMessage()), e);
    }
  }

  /** What is too large for an event is kept beside it. */
  public Payload store(RunId run, RecordValue value) throws IOException {
    return new Payloads(journals.blobs(run)).store(value);
  }

  /** Opened by whoever tells what happened: one at a time. */
  public Journal open(RunId run) throws IOException {
    return journals.open(run, Instance.ofThisProcess());
  }

  /**
   * @throws IOException if it is not sure that they were appended
   */
  public List<Envelope> append(
      RunId run, Journal journal, long epoch, String actor, List<Event> events) throws IOException {
    long head = journal.head();
    List<Envelope> envelopes = new ArrayList<>();
    for (Event event : events) {
      envelopes.add(
          new Envelope(
              Envelope.ONLY_TENANT,
              run,
              head + envelopes.size() + 1,
              Instant.now(),
              actor,
              Instance.version(),
              event));
    }
    return switch (journal.append(head, epoch, "process-" + head, envelopes)) {
      case Appended.Accepted _ -> envelopes;
      case Appended.Refused refused ->
          throw new IOException("the journal of run %s: %s".formatted(run, refused.reason()));
      case Appended.Unknown unknown -> throw unknown.cause();
    };
  }
}
