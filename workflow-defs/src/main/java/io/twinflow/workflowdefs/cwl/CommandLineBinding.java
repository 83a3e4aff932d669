package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.source.Position;
import org.jspecify.annotations.Nullable;

/**
 * How a value becomes part of the command line. CommandLineTool v1.2, section "Input binding".
 *
 * @param position an integer or an expression that yields one; null means 0
 * @param separate whether prefix and value are two arguments; default true
 * @param shellQuote whether a shell sees the value quoted; default true
 */
public record CommandLineBinding(
    @Nullable ExpressionText position,
    @Nullable String prefix,
    boolean separate,
    @Nullable String itemSeparator,
    @Nullable ExpressionText valueFrom,
    boolean shellQuote,
    boolean loadContents,
    Position source) {}
