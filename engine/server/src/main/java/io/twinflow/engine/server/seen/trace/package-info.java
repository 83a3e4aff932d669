/** Traces of runs, made from their journals and sent by the OpenTelemetry protocol. */
@NullMarked
package io.twinflow.engine.server.seen.trace;

import org.jspecify.annotations.NullMarked;
