package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.display.Words;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.site.OpenSites;
import io.twinflow.engine.core.view.RunSnapshot;
import io.twinflow.engine.core.view.StepSnapshot;
import io.twinflow.engine.core.view.StepState;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.Link;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Tells why what has not ended does not run, from the events of a run. Holds open tasks only. */
final class WhyWaiting implements Consumer<Envelope> {

  private static final int MOST = 10;

  /** The sites of tasks that they have not begun. */
  private final Map<Long, String> queued = new LinkedHashMap<>();

  /** What was told last of a site, unless something has begun there since. */
  private final Map<String, String> said = new HashMap<>();

  private final Map<Long, Instant> retries = new HashMap<>();
  private boolean failed;

  @Override
  public void accept(Envelope envelope) {
    switch (envelope.event()) {
      case Event.SubmissionIntended e -> {
        e.members()
            .forEach(member -> {
              queued.put(member.task(), e.site());
              retries.remove(member.task());
            });
      }
      case Event.AttemptStarted e -> begun(e.task());
      case Event.AttemptFailed e -> {
        queued.remove(e.task());
        retries.put(e.task(), e.retryAt());
      }
      case Event.AttemptLost e -> queued.remove(e.task());
      case Event.AttemptDiscarded e -> queued.remove(e.task());
      case Event.TaskSucceeded e -> ended(e.task());
      case Event.TaskFailed e -> {
        ended(e.task());
        failed = true;
      }
      case Event.NoticeGiven(String text, String site) -> {
        if (site != null) {
          said.put(site, text);
        }
      }
      case Event.RunOwned e -> queued.clear();
      default -> {}
    }
  }

  /** What kept it waiting does not any more. */
  private void begun(long task) {
    String site = queued.remove(task);
    if (site != null) {
      said.remove(site);
    }
  }

  private void ended(long task) {
    begun(task);
    retries.remove(task);
  }

  /** A line for each reason; none if the run has ended. */
  List<String> lines(RunSnapshot run, CwlProcess process) {
    if (run.state().isTerminal()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    if (run.state() == RunState.PAUSED) {
      lines.add("paused: nothing new is started");
    } else if (run.state() == RunState.CANCELLING) {
      lines.add("being cancelled: nothing new is started");
    } else if (failed) {
      lines.add("a task has failed: what needs its outputs is not started (--on-error)");
    }
    queued.values().stream()
        .distinct()
        .forEach(site -> lines.add(atSite(site, Collections.frequency(queued.values(), site))));
    retries.values().stream()
        .min(Instant::compareTo)
        .ifPresent(at ->
            lines.add(
                Words.count(retries.size(), "task")
                    + " for the next attempt, not before "
                    + at.truncatedTo(ChronoUnit.SECONDS)));
    Map<String, StepSnapshot> steps =
        run.steps().stream().collect(Collectors.toMap(StepSnapshot::path, step -> step));
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    needs(process, "", steps, needs);
    needs.entrySet().stream()
        .limit(MOST)
        .forEach(step -> lines.add(step.getKey() + " for " + String.join(", ", step.getValue())));
    if (needs.size() > MOST) {
      lines.add("… and " + Words.count(needs.size() - MOST, "more step"));
    }
    return lines;
  }

  private String atSite(String site, int count) {
    String words = said.get(site);
    if (words != null) {
      return words;
    }
    String there = Words.count(count, "task") + " at site " + site;
    return site.equals(OpenSites.LOCAL)
        ? there + " for cores and memory that others have reserved"
        : there + ", which has not told yet that they run";
  }

  /** The steps whose outputs a step that has not begun still lacks. */
  private static void needs(
      CwlProcess process,
      String prefix,
      Map<String, StepSnapshot> steps,
      Map<String, Set<String>> found) {
    if (!(process instanceof Workflow workflow)) {
      return;
    }
    for (WorkflowStep step : workflow.steps()) {
      StepSnapshot now = steps.get(prefix + step.name());
      if (now != null && now.state() == StepState.WAITING) {
        Set<String> lacking = new LinkedHashSet<>();
        step.in().stream()
            .flatMap(in -> in.link().sources().stream())
            .forEach(source -> {
              if (source instanceof Link.Source.StepOutput output
                  && isOpen(steps.get(prefix + output.step()))) {
                lacking.add(prefix + output.step());
              }
            });
        if (!lacking.isEmpty()) {
          found.put(now.path(), lacking);
        }
      } else if (now != null && now.state() == StepState.RUNNING) {
        needs(step.run(), prefix + step.name() + "/", steps, found);
      }
    }
  }

  private static boolean isOpen(@org.jspecify.annotations.Nullable StepSnapshot step) {
    return step != null && (step.state() == StepState.WAITING || step.state() == StepState.RUNNING);
  }
}
