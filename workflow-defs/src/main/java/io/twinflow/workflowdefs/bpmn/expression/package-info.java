/** The expressions of BPMN processes: a language without calls, loops or objects. */
@NullMarked
package io.twinflow.workflowdefs.bpmn.expression;

import org.jspecify.annotations.NullMarked;
