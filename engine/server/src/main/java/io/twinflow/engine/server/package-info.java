/** The engine as a service. */
@NullMarked
package io.twinflow.engine.server;

import org.jspecify.annotations.NullMarked;
