package io.twinflow.engine.postgres;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.journal.Appended;
import java.util.concurrent.CompletableFuture;

/**
 * One run's append on its way into the database.
 *
 * @param claim of the ownership it is made under
 * @param takesOver whether it holds the RunOwned that its epoch begins with
 * @param releases whether nobody owns the run after it
 * @param change what it changes in the run's summary
 * @param answer completed when its fate is known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and large
record PendingAppend(
    RunId run,
    long claim,
    long expected,
    long last,
    long epoch,
    boolean takesOver,
    boolean releases,
    String appendId,
    byte[] lines,
    SummaryChange change,
    CompletableFuture<Appended> answer) {}
