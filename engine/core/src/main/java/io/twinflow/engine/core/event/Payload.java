package io.twinflow.engine.core.event;

import io.twinflow.workflowdefs.value.RecordValue;

/** A value in an event: as it is while it is small, else by the digest of its JSON text. */
public sealed interface Payload {

  /** Small enough to stand in its event (DESIGN.md, rule 1). */
  record Inline(RecordValue value) implements Payload {}

  /**
   * @param sha256 of the value's JSON text in UTF-8, the name of the blob
   * @param size bytes
   */
  record Blob(String sha256, long size) implements Payload {}
}
