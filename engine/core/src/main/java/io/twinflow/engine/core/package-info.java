/** The engine: definitions become plans, plans become runs, runs are what their journals say. */
@NullMarked
package io.twinflow.engine.core;

import org.jspecify.annotations.NullMarked;
