package io.twinflow.workflowdefs.cwl;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The requirements and hints of a process or a step. Hints of unknown class are dropped with a
 * warning by the loader.
 */
public record Requirements(List<Requirement> requirements, List<Requirement> hints) {

  public static final Requirements NONE = new Requirements(List.of(), List.of());

  public Requirements {
    requirements = List.copyOf(requirements);
    hints = List.copyOf(hints);
  }

  /** The requirement of a class, else the hint of it. */
  public <T extends Requirement> Optional<T> find(Class<T> type) {
    return Stream.concat(requirements.stream(), hints.stream())
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  /** Whether the class stands among the requirements, so that it must be met. */
  public boolean requires(Class<? extends Requirement> type) {
    return requirements.stream().anyMatch(type::isInstance);
  }

  /**
   * What holds for something inside: the more specific level wins for each class, and a requirement
   * wins over a hint (CWL v1.2, "Requirements and hints").
   */
  public Requirements inheritedBy(Requirements inner) {
    List<Requirement> required =
        Stream.concat(
                inner.requirements.stream(),
                requirements.stream().filter(outer -> !inner.requires(outer.getClass())))
            .toList();
    List<Requirement> hinted =
        Stream.concat(
                inner.hints.stream(),
                hints.stream()
                    .filter(outer ->
                        inner.hints.stream().noneMatch(h -> h.getClass() == outer.getClass())))
            .filter(h -> required.stream().noneMatch(r -> r.getClass() == h.getClass()))
            .toList();
    return new Requirements(required, hinted);
  }
}
