package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.source.Position;
import org.jspecify.annotations.Nullable;

/** An output of a tool. The {@code stdout} and {@code stderr} shortcuts are already a glob. */
public record OutputParameter(
    String name,
    CwlType type,
    @Nullable String label,
    @Nullable String doc,
    FileTraits fileTraits,
    @Nullable OutputBinding binding,
    Position position) {}
