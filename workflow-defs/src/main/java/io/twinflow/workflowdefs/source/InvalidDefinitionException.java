package io.twinflow.workflowdefs.source;

import java.util.List;
import java.util.stream.Collectors;

/** A definition or its inputs cannot be used; carries every problem found, not only the first. */
public final class InvalidDefinitionException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public InvalidDefinitionException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public InvalidDefinitionException(Problem problem) {
    this(List.of(problem));
  }

  public List<Problem> problems() {
    return problems;
  }

  /** True if nothing is wrong but a feature is asked for that does not exist here. */
  public boolean isOnlyUnsupported() {
    return problems.stream()
        .allMatch(p ->
            p.severity() == Problem.Severity.UNSUPPORTED
                || p.severity() == Problem.Severity.WARNING);
  }
}
