package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;

/**
 * A feature that is used without the requirement it needs. A workflow around may bring the
 * requirement; a process that is run by itself is wrong without it. CWL v1.2, "Requirements and
 * hints".
 *
 * @param requirement the class to require, {@code ScatterFeatureRequirement}
 * @param position of the use
 * @param message what uses it and where to put the requirement
 */
public record MissingRequirement(String requirement, Position position, String message) {

  /** What it is for a process that is run by itself. */
  public Problem problem() {
    return Problem.error(position, message);
  }
}
