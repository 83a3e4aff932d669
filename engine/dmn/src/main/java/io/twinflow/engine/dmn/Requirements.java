package io.twinflow.engine.dmn;

import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which decision requires which. */
final class Requirements {

  private final Map<String, DecisionPart> byId = new LinkedHashMap<>();

  Requirements(Collection<DecisionPart> decisions) {
    decisions.forEach(decision -> byId.put(decision.id(), decision));
  }

  /** What a decision requires, and itself, each after all that it requires. */
  List<DecisionPart> order(DecisionPart decision) {
    Map<String, DecisionPart> ordered = new LinkedHashMap<>();
    visit(decision, ordered);
    return List.copyOf(ordered.values());
  }

  private void visit(DecisionPart decision, Map<String, DecisionPart> ordered) {
    if (ordered.containsKey(decision.id())) {
      return;
    }
    for (String id : decision.required()) {
      DecisionPart required = byId.get(id);
      if (required != null) {
        visit(required, ordered);
      }
    }
    ordered.put(decision.id(), decision);
  }

  /** Tells of decisions that require themselves in the end. */
  void checkCircles(ProblemLog log) {
    Set<String> done = new LinkedHashSet<>();
    for (DecisionPart decision : byId.values()) {
      checkCircles(decision, new ArrayList<>(), done, log);
    }
  }

  private void checkCircles(
      DecisionPart decision, List<String> way, Set<String> done, ProblemLog log) {
    int seen = way.indexOf(decision.id());
    if (seen >= 0) {
      log.error(
          decision.position(),
          "decisions require each other in a circle: %s. Remove one of the informationRequirements."
              .formatted(
                  way.subList(seen, way.size()).stream().collect(Collectors.joining(" → "))));
      return;
    }
    if (!done.add(decision.id())) {
      return;
    }
    way.add(decision.id());
    for (String id : decision.required()) {
      DecisionPart required = byId.get(id);
      if (required != null) {
        checkCircles(required, way, done, log);
      }
    }
    way.removeLast();
  }

  /** Those that no other requires. */
  List<DecisionPart> mains() {
    Set<String> required =
        byId.values().stream()
            .flatMap(decision -> decision.required().stream())
            .collect(Collectors.toSet());
    return byId.values().stream().filter(decision -> !required.contains(decision.id())).toList();
  }
}
