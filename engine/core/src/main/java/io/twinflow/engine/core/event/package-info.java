/** What can happen in a run: the events of its journal. */
@NullMarked
package io.twinflow.engine.core.event;

import org.jspecify.annotations.NullMarked;
