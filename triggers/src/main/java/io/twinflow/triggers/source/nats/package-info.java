/** Streams of NATS JetStream. */
@NullMarked
package io.twinflow.triggers.source.nats;

import org.jspecify.annotations.NullMarked;
