/** JavaScript in processes of its own, so that no expression can harm the one that asks. */
@NullMarked
package io.twinflow.workflowdefs.expression.process;

import org.jspecify.annotations.NullMarked;
