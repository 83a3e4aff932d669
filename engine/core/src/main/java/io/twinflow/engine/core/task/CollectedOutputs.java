package io.twinflow.engine.core.task;

import io.twinflow.engine.core.event.Event.ArtifactIdentity;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.List;

/**
 * What a tool has made.
 *
 * @param outputs by name; files have location, checksum and size
 * @param artifacts the identity of each file among them
 */
public record CollectedOutputs(RecordValue outputs, List<ArtifactIdentity> artifacts) {

  public CollectedOutputs {
    artifacts = List.copyOf(artifacts);
  }
}
