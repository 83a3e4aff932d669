/** Parameter references and JavaScript expressions. */
@NullMarked
package io.twinflow.workflowdefs.expression;

import org.jspecify.annotations.NullMarked;
