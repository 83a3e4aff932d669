/** The call cache: outputs by what went into a task, across runs, and why a call missed. */
@NullMarked
package io.twinflow.engine.core.cache;

import org.jspecify.annotations.NullMarked;
