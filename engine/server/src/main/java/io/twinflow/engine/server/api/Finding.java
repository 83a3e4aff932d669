package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.twinflow.workflowdefs.source.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with what was sent.
 *
 * @param field where in a body or query, as in {@code labels.site}
 * @param source the file or part
 * @param line 1-based
 * @param column 1-based
 * @param at the place as editors write it: {@code source:line:column}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Finding(
    @Nullable String field,
    @Nullable String source,
    @Nullable Integer line,
    @Nullable Integer column,
    @Nullable String at,
    String message) {

  static Finding of(String field, String message) {
    return new Finding(field, null, null, null, null, message);
  }

  static Finding of(Problem problem) {
    return new Finding(
        null,
        problem.position().source(),
        problem.position().line(),
        problem.position().column(),
        problem.position().toString(),
        problem.message());
  }
}
