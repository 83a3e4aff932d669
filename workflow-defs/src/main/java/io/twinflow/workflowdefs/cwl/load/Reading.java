package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.value.NodeValues;

/** What all readers of one load share. */
record Reading(Documents documents, ProblemLog problems, NodeValues values) {

  Reading(Documents documents, ProblemLog problems) {
    this(documents, problems, new NodeValues(documents, problems));
  }

  void error(Position position, String message) {
    problems.error(position, message);
  }
}
