package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an override is for: a step, or a process. */
final class OverrideTarget {

  private OverrideTarget() {}

  /** The map of the target; null, with a problem, if there is none. */
  static @Nullable MapNode find(String iri, Position from, Reading reading)
      throws InvalidDefinitionException {
    String fragment = Iri.decode(Iri.fragment(iri));
    Node root = reading.documents().get(iri, from).root();
    MapNode step = fragment.isEmpty() ? null : step(root, fragment);
    if (step != null) {
      return step;
    }
    ProcessFinder.Found found = new ProcessFinder(reading).find(iri, from);
    return found == null ? null : found.map();
  }

  /** {@code step} of a document with one workflow, {@code workflow/step} of one with several. */
  private static @Nullable MapNode step(Node root, String fragment) {
    if (!(root instanceof MapNode map)) {
      return null;
    }
    List<Node> processes =
        map.get("$graph") instanceof ListNode graph ? graph.items() : List.of(map);
    for (Node item : processes) {
      if (item instanceof MapNode process) {
        String id = process.string("id");
        String own = id == null ? "" : Names.fragment(id);
        MapNode step = step(process, processes.size() == 1, own, fragment);
        if (step != null) {
          return step;
        }
      }
    }
    return null;
  }

  private static @Nullable MapNode step(
      MapNode process, boolean isOnly, String own, String fragment) {
    return switch (process.get("steps")) {
      case ListNode list -> {
        for (Node item : list.items()) {
          if (item instanceof MapNode step
              && step.string("id") instanceof String id
              && means(fragment, Names.last(id), isOnly, own)) {
            yield step;
          }
        }
        yield null;
      }
      case MapNode map -> {
        for (Map.Entry<String, MapNode.Entry> entry : map.entries().entrySet()) {
          if (entry.getValue().value() instanceof MapNode step
              && means(fragment, Names.last(entry.getKey()), isOnly, own)) {
            yield step;
          }
        }
        yield null;
      }
      case null, default -> null;
    };
  }

  private static boolean means(String fragment, String step, boolean isOnly, String own) {
    return (isOnly && fragment.equals(step)) || fragment.equals(own + "/" + step);
  }

  /** Warns of what was given to nothing that the process is or runs. */
  static void warnOfUnused(JobDocument job, CwlProcess process, ProblemLog problems) {
    Set<Position> used = new HashSet<>();
    addPlaces(process, used);
    job.overrides()
        .forEach((target, override) -> {
          boolean isUsed =
              switch (override.value()) {
                case MapNode map ->
                    map.entries().values().stream().anyMatch(e -> used.contains(e.keyPosition()));
                case ListNode list ->
                    list.items().stream().anyMatch(item -> used.contains(item.position()));
                case Node _ -> false;
              };
          if (!isUsed) {
            problems.warning(
                override.keyPosition(),
                "the override is of no use: "
                    + process.header().name()
                    + " runs no "
                    + target
                    + ".");
          }
        });
  }

  private static void addPlaces(CwlProcess process, Set<Position> used) {
    addPlaces(process.header().requirements(), used);
    if (process instanceof Workflow workflow) {
      for (WorkflowStep step : workflow.steps()) {
        addPlaces(step.requirements(), used);
        addPlaces(step.run(), used);
      }
    }
  }

  private static void addPlaces(Requirements requirements, Set<Position> used) {
    requirements.requirements().stream().map(Requirement::position).forEach(used::add);
  }
}
