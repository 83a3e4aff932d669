package io.twinflow.workflowdefs.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the problems of one load, so that all of them can be told at once. One thread. */
public final class ProblemLog {

  /** More tell nobody anything, and a document that is nothing but mistakes would fill the heap. */
  private static final int MOST = 1_000;

  private final Set<Problem> problems = new LinkedHashSet<>();
  private boolean full;

  public void error(Position position, String message) {
    add(Problem.error(position, message));
  }

  public void unsupported(Position position, String message) {
    add(Problem.unsupported(position, message));
  }

  public void warning(Position position, String message) {
    add(Problem.warning(position, message));
  }

  public void addAll(Iterable<Problem> found) {
    found.forEach(this::add);
  }

  /** Of those that are too many, errors are still known to be there. */
  private void add(Problem problem) {
    if (problems.size() < MOST) {
      problems.add(problem);
    } else if (problem.severity() != Problem.Severity.WARNING && !full) {
      full = true;
      problems.add(
          Problem.error(
              problem.position(),
              "here is more that is wrong; the first %,d findings are told.".formatted(MOST)));
    }
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
