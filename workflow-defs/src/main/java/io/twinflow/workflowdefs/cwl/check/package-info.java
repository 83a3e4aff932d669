/** Checks of loaded definitions and of the inputs given to them. */
@NullMarked
package io.twinflow.workflowdefs.cwl.check;

import org.jspecify.annotations.NullMarked;
