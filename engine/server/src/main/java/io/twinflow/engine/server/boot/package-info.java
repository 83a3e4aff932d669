/** From the command line to a running server. */
@NullMarked
package io.twinflow.engine.server.boot;

import org.jspecify.annotations.NullMarked;
