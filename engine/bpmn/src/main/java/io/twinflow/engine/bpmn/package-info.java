/** Processes on Flowable, which is known in this module only. */
@NullMarked
package io.twinflow.engine.bpmn;

import org.jspecify.annotations.NullMarked;
