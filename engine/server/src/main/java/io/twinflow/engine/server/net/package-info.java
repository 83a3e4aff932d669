/** Calls to places that users name. */
@NullMarked
package io.twinflow.engine.server.net;

import org.jspecify.annotations.NullMarked;
