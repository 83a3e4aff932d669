package io.twinflow.engine.bpmn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks are meant.
 *
 * @param user null for the tasks of all; else those that are the user's, or that the user may claim
 * @param groups of the user
 * @param instance null for those of all
 * @param after the last one of the page before; null for the first page
 * @param most at most so many
 */
public record TaskFilter(
    @Nullable String user,
    List<String> groups,
    @Nullable String instance,
    @Nullable String after,
    int most) {

  public static final TaskFilter ALL = new TaskFilter(null, List.of(), null, null, 1_000);

  public TaskFilter {
    groups = List.copyOf(groups);
  }

  public static TaskFilter of(String user, String... groups) {
    return new TaskFilter(user, List.of(groups), null, null, 1_000);
  }
}
