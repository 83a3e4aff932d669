/** Workflow definitions: documents in, checked immutable records out. */
@NullMarked
package io.twinflow.workflowdefs;

import org.jspecify.annotations.NullMarked;
