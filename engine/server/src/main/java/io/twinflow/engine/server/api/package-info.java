/** Twinflow's own REST interface. */
@NullMarked
package io.twinflow.engine.server.api;

import org.jspecify.annotations.NullMarked;
