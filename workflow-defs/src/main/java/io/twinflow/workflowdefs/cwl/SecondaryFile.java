package io.twinflow.workflowdefs.cwl;

import org.jspecify.annotations.Nullable;

/**
 * A pattern of files that belong to a primary file.
 *
 * @param pattern a suffix, with a caret for each extension to remove first, or an expression
 * @param required whether the file must be there; null means the default: required for inputs, not
 *     for outputs
 */
public record SecondaryFile(ExpressionText pattern, @Nullable ExpressionText required) {}
