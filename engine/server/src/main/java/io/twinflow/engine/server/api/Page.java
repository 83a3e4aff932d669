package io.twinflow.engine.server.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next where the next part is; null on the last one
 */
record Page<T>(List<T> rows, @Nullable String next) {

  /**
   * @param found one more than asked for, if there are as many
   * @param path with the query that they were found by, without its limit
   * @param parameter that says behind which row the next page begins
   * @param mark what that is called of a row
   */
  static <T> Page<T> of(
      List<T> found, int limit, StringBuilder path, String parameter, Function<T, Object> mark) {
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    List<T> rows = found.subList(0, limit);
    path.append(Paths.parameter(path, "limit", Integer.toString(limit)));
    path.append(Paths.parameter(path, parameter, mark.apply(rows.getLast()).toString()));
    return new Page<>(rows, path.toString());
  }

  /** As they are shown. */
  <V> List<V> as(Function<T, V> view) {
    return rows.stream().map(view).toList();
  }
}
