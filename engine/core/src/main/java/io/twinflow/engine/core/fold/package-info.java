/**
 * The state of a run as a fold over its journal and plan. Pure: no clock, no file, no expression.
 * What is open is kept, what has ended is folded away, and an event costs the same however large
 * the run is.
 */
@NullMarked
package io.twinflow.engine.core.fold;

import org.jspecify.annotations.NullMarked;
