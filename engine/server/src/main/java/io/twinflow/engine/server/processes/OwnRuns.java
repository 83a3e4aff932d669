package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.News;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.engine.server.runs.ProcessRuns;
import io.twinflow.engine.server.runs.RunNews;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The journals of processes, as who carries them sees them. */
@Component
final class OwnRuns {

  /** Of whoever carries a process; only one server does at a time. */
  static final long EPOCH = 1;

  private final Engine engine;
  private final ProcessRuns runs;
  private final RunNews news;

  OwnRuns(Engine engine, ProcessRuns runs, RunNews news) {
    this.engine = engine;
    this.runs = runs;
    this.news = news;
  }

  /** How a run was asked for. */
  Event.RunCreated created(RunId run) throws FailureException {
    List<Event.RunCreated> found = new ArrayList<>(1);
    engine.readEnds(
        run,
        envelope -> {
          if (envelope.event() instanceof Event.RunCreated event) {
            found.add(event);
          }
        });
    return found.getFirst();
  }

  /** Nothing if the journal is not there, where these events come next. */
  void append(RunId run, long head, List<Event> events) throws IOException {
    try (Journal journal = runs.open(run)) {
      if (journal.head() == head) {
        told(run, runs.append(run, journal, EPOCH, News.ENGINE, events));
      }
    }
  }

  /** To be called after a commit. */
  void told(RunId run, List<Envelope> envelopes) {
    news.wake(run);
    if (envelopes.stream().anyMatch(each -> each.event() instanceof Event.RunEnded)) {
      news.left(run);
    }
  }
}
