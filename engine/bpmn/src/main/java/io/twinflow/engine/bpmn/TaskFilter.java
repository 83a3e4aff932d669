package io.twinflow.engine.bpmn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks are meant.
 *
 * @param user null for the tasks of all; else those that are the user's, or that the user may claim
 * @param groups of the user
 * @param instance null for those of all
 * @param overdue whether only those are meant whose time is over
 * @param order in which they come
 * @param after the last one of the page before; null for the first page
 * @param most at most so many
 */
public record TaskFilter(
    @Nullable String user,
    List<String> groups,
    @Nullable String instance,
    boolean overdue,
    Order order,
    @Nullable String after,
    int most) {

  /** What comes first. */
  public enum Order {
    /** The oldest. */
    CREATED("create_time_"),
    /** What is due first; last what has no date. */
    DUE("coalesce(due_date_, 'infinity')");

    private final String column;

    Order(String column) {
      this.column = column;
    }

    String column() {
      return column;
    }
  }

  public static final TaskFilter ALL =
      new TaskFilter(null, List.of(), null, false, Order.CREATED, null, 1_000);

  public TaskFilter {
    groups = List.copyOf(groups);
  }

  public static TaskFilter of(String user, String... groups) {
    return new TaskFilter(user, List.of(groups), null, false, Order.CREATED, null, 1_000);
  }
}
