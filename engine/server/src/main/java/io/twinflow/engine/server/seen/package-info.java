/**
 * What operators see: health, metrics, traces and logs. All of it reads; nothing is decided by it.
 */
@NullMarked
package io.twinflow.engine.server.seen;

import org.jspecify.annotations.NullMarked;
