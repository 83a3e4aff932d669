/** From events to runs: each event meets the triggers once, and each firing makes one run. */
@NullMarked
package io.twinflow.triggers.firing;

import org.jspecify.annotations.NullMarked;
