/** Triggers in this server: when they look, and what tells them to. */
@NullMarked
package io.twinflow.engine.server.triggers;

import org.jspecify.annotations.NullMarked;
