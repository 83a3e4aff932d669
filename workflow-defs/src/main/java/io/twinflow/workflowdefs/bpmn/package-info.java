/** BPMN processes as checked, immutable records. */
@NullMarked
package io.twinflow.workflowdefs.bpmn;

import org.jspecify.annotations.NullMarked;
