package io.twinflow.executors.api;

import java.util.List;

/** Attempts that are handed to a site in one call. */
public record Batch(BatchKey key, List<TaskSpec> tasks) {
  public Batch {
    tasks = List.copyOf(tasks);
  }
}
