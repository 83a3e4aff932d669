/** One tool or expression: from resolved inputs to an attempt, and from its folder to outputs. */
@NullMarked
package io.twinflow.engine.core.task;

import org.jspecify.annotations.NullMarked;
