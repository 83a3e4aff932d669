package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.Value;
import org.jspecify.annotations.Nullable;

/** An input of a step: links, then default, then (after scatter) {@code valueFrom}. */
public record StepInput(
    String name,
    Link link,
    @Nullable Value defaultValue,
    @Nullable ExpressionText valueFrom,
    boolean loadContents,
    @Nullable LoadListing loadListing,
    @Nullable String label,
    Position position) {}
