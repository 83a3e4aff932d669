/** Who may call. */
@NullMarked
package io.twinflow.engine.server.security;

import org.jspecify.annotations.NullMarked;
