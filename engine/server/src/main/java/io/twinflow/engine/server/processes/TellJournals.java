package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.News;
import io.twinflow.engine.bpmn.ProcessException;
import io.twinflow.engine.bpmn.ProcessState;
import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.Instance;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.engine.server.runs.ProcessRuns;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells the journals what happened in processes. The number of a piece of news is its place in the
 * journal, behind the two events of the run's beginning: so nothing is told twice, and nothing is
 * left out, wherever a server dies.
 */
@Component
final class TellJournals {

  private static final String TENANT = Envelope.ONLY_TENANT;
  private static final int AT_ONCE = 500;
  private static final int BEGINNING = 2;

  private final Processes processes;
  private final ProcessRuns runs;
  private final OwnRuns own;

  TellJournals(Processes processes, ProcessRuns runs, OwnRuns own) {
    this.processes = processes;
    this.runs = runs;
    this.own = own;
  }

  static Event owned() {
    return new Event.RunOwned(OwnRuns.EPOCH, Instance.ofThisProcess());
  }

  void all() throws IOException {
    if (!processes.isStarted()) {
      return;
    }
    Map<String, List<News>> byRun = new LinkedHashMap<>();
    for (News news : processes.news(AT_ONCE)) {
      byRun.computeIfAbsent(news.instance(), run -> new ArrayList<>()).add(news);
    }
    byRun.forEach((run, news) -> Each.tryIt(run, () -> tell(new RunId(run), news)));
  }

  private void tell(RunId run, List<News> news) throws IOException {
    try (Journal journal = runs.open(run)) {
      long told = Math.max(0, journal.head() - BEGINNING);
      List<Event> events = new ArrayList<>();
      if (journal.head() < BEGINNING) {
        events.add(owned());
      }
      long next = told + 1;
      for (News each : news) {
        if (each.number() == next) {
          events.add(event(run, each));
          next++;
        } else if (each.number() > next) {
          throw new IOException(
              "number %d of what happened in %s is missing; number %d is there"
                  .formatted(next, run, each.number()));
        }
      }
      if (!events.isEmpty()) {
        own.told(run, runs.append(run, journal, OwnRuns.EPOCH, actor(news), events));
      }
    } catch (NoSuchFileException e) {
      // The run was deleted since.
    }
    processes.told(run.value(), news.getLast().number());
  }

  /** Of several at once, the one who is a person. */
  private static String actor(List<News> news) {
    return news.stream()
        .map(News::actor)
        .filter(actor -> !actor.equals(News.ENGINE))
        .findFirst()
        .orElse(News.ENGINE);
  }

  private Event event(RunId run, News news) throws IOException {
    return switch (news.kind()) {
      case NOTE -> new Event.NoticeGiven(news.detail());
      case CANCELLING -> new Event.CancelRequested(news.detail());
      case ENDED -> ended(run);
    };
  }

  private Event ended(RunId run) throws IOException {
    ProcessState state =
        processes
            .state(TENANT, run.value())
            .orElseThrow(() -> new IOException("nothing is known of the process " + run));
    RunState end =
        switch (state.phase()) {
          case SUCCEEDED -> RunState.SUCCEEDED;
          case FAILED -> RunState.FAILED;
          case CANCELLED -> RunState.CANCELLED;
          case RUNNING -> throw new IOException("the process " + run + " has not ended");
        };
    RecordValue outputs;
    try {
      outputs = processes.variables(TENANT, run.value());
    } catch (ProcessException e) {
      throw new IOException(e.getMessage(), e);
    }
    return new Event.RunEnded(
        end,
        runs.store(run, outputs),
        end == RunState.FAILED ? failure(state.reason()) : null,
        List.of());
  }

  /** What nobody caught is told as the kind, a colon and the message. */
  private static Failure failure(@Nullable String reason) {
    String text = String.valueOf(reason);
    FailureKind kind =
        Arrays.stream(FailureKind.values())
            .filter(each -> text.startsWith(each.name() + ": "))
            .findFirst()
            .orElse(FailureKind.USER);
    return new Failure(kind, "process.failed", text);
  }
}
