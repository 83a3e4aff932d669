package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * An input of a process.
 *
 * @param name the short name, without document and process
 * @param defaultValue used where no value or null is given
 * @param binding null where the value does not appear on a command line
 */
public record InputParameter(
    String name,
    CwlType type,
    @Nullable String label,
    @Nullable String doc,
    FileTraits fileTraits,
    @Nullable Value defaultValue,
    @Nullable CommandLineBinding binding,
    Position position) {}
