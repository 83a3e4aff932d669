/** The ordered, append-only truth of each run: the port, and the journal that is a file. */
@NullMarked
package io.twinflow.engine.core.journal;

import org.jspecify.annotations.NullMarked;
