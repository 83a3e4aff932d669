/** Whose turn it is, what is limited, and what is refused for the moment. */
@NullMarked
package io.twinflow.engine.server.queue;

import org.jspecify.annotations.NullMarked;
