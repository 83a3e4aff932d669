package io.twinflow.triggers.source.runs;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What ended runs made: what this source needs of an engine. */
public interface RunResults {

  /**
   * The result of a run.
   *
   * @param outputs as JSON, with locations that a run of the same subject may have as inputs; null
   *     where they cannot be told
   * @param withheld why they cannot
   * @param failureKind of a failed run: USER, TASK and so on
   */
  record Result(
      @Nullable String outputs,
      @Nullable String withheld,
      @Nullable String failureKind,
      @Nullable String failure) {}

  /**
   * Empty if the run was deleted since.
   *
   * @throws IOException if it can be asked again later
   */
  Optional<Result> of(String tenant, String run) throws IOException;
}
