package io.twinflow.engine.server.runs;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a list holds; what is empty or null does not restrict.
 *
 * @param labels all of them with these values
 * @param workflow the name of the workflow
 * @param createdFrom inclusive
 * @param createdTo exclusive
 * @param after the last run of the page before; pages go from new to old
 */
public record RunFilter(
    Map<String, String> labels,
    @Nullable String workflow,
    Set<PublicState> states,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo,
    @Nullable String after) {

  public static final RunFilter ALL = new RunFilter(Map.of(), null, Set.of(), null, null, null);

  public RunFilter {
    labels = Map.copyOf(labels);
    states = Set.copyOf(states);
  }
}
