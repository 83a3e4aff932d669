/** Carries the runs of processes: between the journal, Flowable's tables, and what they ask for. */
@NullMarked
package io.twinflow.engine.server.processes;

import org.jspecify.annotations.NullMarked;
