/** Starting, watching and surely stopping processes; internal to the local executor. */
@NullMarked
package io.twinflow.executors.local.process;

import org.jspecify.annotations.NullMarked;
