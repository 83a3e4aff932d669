/** Runs of this installation that have ended, as events. */
@NullMarked
package io.twinflow.triggers.source.runs;

import org.jspecify.annotations.NullMarked;
