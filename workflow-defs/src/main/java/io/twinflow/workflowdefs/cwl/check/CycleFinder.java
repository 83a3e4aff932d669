package io.twinflow.workflowdefs.cwl.check;

import io.twinflow.workflowdefs.cwl.Link;
import io.twinflow.workflowdefs.cwl.StepInput;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds steps that wait for each other. */
final class CycleFinder {

  private CycleFinder() {}

  /** Reports one circle; with it mended the next load finds the next. */
  static void check(Workflow workflow, ProblemLog problems) {
    Map<String, WorkflowStep> steps = new LinkedHashMap<>();
    Map<String, Set<String>> before = new HashMap<>();
    Map<String, List<String>> after = new HashMap<>();
    for (WorkflowStep step : workflow.steps()) {
      steps.put(step.name(), step);
      before.put(step.name(), sources(step));
    }
    before.forEach((step, sources) ->
        sources.forEach(s -> after.computeIfAbsent(s, k -> new ArrayList<>()).add(step)));
    ArrayDeque<String> ready = new ArrayDeque<>();
    Map<String, Integer> waiting = new HashMap<>();
    before.forEach((step, sources) -> {
      waiting.put(step, sources.size());
      if (sources.isEmpty()) {
        ready.add(step);
      }
    });
    while (!ready.isEmpty()) {
      String step = ready.pop();
      waiting.remove(step);
      for (String next : after.getOrDefault(step, List.of())) {
        if (waiting.merge(next, -1, Integer::sum) == 0) {
          ready.add(next);
        }
      }
    }
    if (!waiting.isEmpty()) {
      report(steps, before, waiting.keySet(), problems);
    }
  }

  private static Set<String> sources(WorkflowStep step) {
    Set<String> sources = new LinkedHashSet<>();
    for (StepInput input : step.in()) {
      for (Link.Source source : input.link().sources()) {
        if (source instanceof Link.Source.StepOutput output) {
          sources.add(output.step());
        }
      }
    }
    return sources;
  }

  /** Walks backwards from a step that waits until one comes up again. */
  private static void report(
      Map<String, WorkflowStep> steps,
      Map<String, Set<String>> before,
      Set<String> waiting,
      ProblemLog problems) {
    List<String> path = new ArrayList<>();
    String step = steps.keySet().stream().filter(waiting::contains).findFirst().orElseThrow();
    while (!path.contains(step)) {
      path.add(step);
      step =
          before.getOrDefault(step, Set.of()).stream()
              .filter(waiting::contains)
              .findFirst()
              .orElseThrow();
    }
    List<String> circle = new ArrayList<>(path.subList(path.indexOf(step), path.size()));
    circle.add(step);
    Collections.reverse(circle);
    WorkflowStep first = steps.get(step);
    if (first != null) {
      problems.error(
          first.position(), "these steps wait for each other: " + String.join(" → ", circle) + ".");
    }
  }
}
