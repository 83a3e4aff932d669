package io.twinflow.engine.server.views;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.server.queue.Waiting;
import io.twinflow.engine.server.runs.PublicState;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.WhyRunWaits;
import io.twinflow.engine.server.security.Caller;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells with tasks why they do not run yet. */
@Component
final class WhyTaskWaits {

  private static final Waiting PREPARING =
      new Waiting("preparing", "its inputs and command are being made ready", null);

  private final WhyRunWaits why;
  private final Engine engine;

  WhyTaskWaits(WhyRunWaits why, Engine engine) {
    this.why = why;
    this.engine = engine;
  }

  List<TaskJson> of(Caller caller, RunRow run, List<TaskJson> tasks) throws IOException {
    if (run.state().isTerminal() || tasks.stream().noneMatch(WhyTaskWaits::isWaiting)) {
      return tasks;
    }
    Waiting ofRun = why.of(caller, run).orElse(null);
    return tasks.stream()
        .map(task -> isWaiting(task) ? task.waiting(reason(run, task, ofRun)) : task)
        .toList();
  }

  private static boolean isWaiting(TaskJson task) {
    return switch (task.state()) {
      case "created", "submitted", "retrying" -> true;
      default -> false;
    };
  }

  private @Nullable Waiting reason(RunRow run, TaskJson task, @Nullable Waiting ofRun) {
    if (task.state().equals("submitted")) {
      Optional<String> site = engine.waitsFor(run.id(), task.task(), task.attempts());
      return new Waiting(
          "site.resources", site.orElse("the site has it and has not told that it runs"), null);
    }
    if (run.state() == PublicState.PAUSED) {
      return ofRun;
    }
    Instant retryAt = task.retryAt();
    if (retryAt != null && retryAt.isAfter(Instant.now())) {
      return new Waiting(
          "retry",
          "its next attempt is not made before %s"
              .formatted(retryAt.truncatedTo(ChronoUnit.SECONDS)),
          null);
    }
    return ofRun == null ? PREPARING : ofRun;
  }
}
