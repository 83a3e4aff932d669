package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.source.Position;
import org.jspecify.annotations.Nullable;

/** A field of a record type, with what inputs and outputs can say about it. */
public record RecordField(
    String name,
    CwlType type,
    @Nullable String label,
    @Nullable String doc,
    FileTraits fileTraits,
    @Nullable CommandLineBinding inputBinding,
    @Nullable OutputBinding outputBinding,
    Position position) {}
