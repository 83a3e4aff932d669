package io.twinflow.workflowdefs.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the problems of one load, so that all of them can be told at once. One thread. */
public final class ProblemLog {

  private final Set<Problem> problems = new LinkedHashSet<>();

  public void error(Position position, String message) {
    problems.add(Problem.error(position, message));
  }

  public void unsupported(Position position, String message) {
    problems.add(Problem.unsupported(position, message));
  }

  public void warning(Position position, String message) {
    problems.add(Problem.warning(position, message));
  }

  public void addAll(Iterable<Problem> found) {
    found.forEach(problems::add);
  }

  public boolean hasErrors() {
    return problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
  }

  /** In the order of the sources as they came up, then by line and column. */
  public List<Problem> all() {
    List<String> sources =
        problems.stream().map(problem -> problem.position().source()).distinct().toList();
    return problems.stream()
        .sorted(
            Comparator.comparingInt((Problem p) -> sources.indexOf(p.position().source()))
                .thenComparingInt(p -> p.position().line())
                .thenComparingInt(p -> p.position().column()))
        .toList();
  }

  public List<Problem> warnings() {
    return all().stream().filter(p -> p.severity() == Problem.Severity.WARNING).toList();
  }

  /** Throws if anything was found that stops a run. */
  public void throwIfAny() throws InvalidDefinitionException {
    List<Problem> stopping = new ArrayList<>(problems);
    stopping.removeIf(p -> p.severity() == Problem.Severity.WARNING);
    if (!stopping.isEmpty()) {
      throw new InvalidDefinitionException(all());
    }
  }
}
