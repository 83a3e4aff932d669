/** CWL values, as immutable records. */
@NullMarked
package io.twinflow.workflowdefs.value;

import org.jspecify.annotations.NullMarked;
