/** Limits that several engines keep together, and the order in which runs are admitted. */
@NullMarked
package io.twinflow.engine.postgres.queue;

import org.jspecify.annotations.NullMarked;
