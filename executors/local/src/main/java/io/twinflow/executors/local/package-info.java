/** The executor that runs attempts on this machine, as plain processes or in containers. */
@NullMarked
package io.twinflow.executors.local;

import org.jspecify.annotations.NullMarked;
