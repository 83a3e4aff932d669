/** BPMN 2.0 XML to checked records, or problems with their places. */
@NullMarked
package io.twinflow.workflowdefs.bpmn.load;

import org.jspecify.annotations.NullMarked;
