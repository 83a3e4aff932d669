package io.twinflow.engine.postgres;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.journal.JournalStore;
import io.twinflow.engine.core.journal.Payloads;
import io.twinflow.engine.core.plan.Plan;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;

/** What it takes to take up a long run, as {@code docs/figures/folds.md}. */
final class FoldFigures {

  private static final int ROUNDS = 3;
  private static final double MIB = 1 << 20;

  private final StringBuilder rows = new StringBuilder();

  /** Work that is timed. */
  private interface Work {
    void go() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.go();
    return (System.nanoTime() - start) / 1e9;
  }

  /** The fastest of a few: what else the machine does is not what is measured. */
  private interface Measured {
    double seconds() throws Exception;
  }

  private static double fastest(Measured work) throws Exception {
    double fastest = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      fastest = Math.min(fastest, work.seconds());
    }
    return fastest;
  }

  void measure(String journal, int shards, LongRun runs, JournalStore store) throws Exception {
    RunId run = runs.almostDone(shards);
    long[] events = {0};
    store.read(run, 0, event -> events[0]++);
    double withFold = fastest(() -> runs.secondsToTakeUp(run));
    long fold = savedBytes(store, run);
    long bytes = store.size(run) - fold;
    double read = fastest(() -> seconds(() -> store.read(run, 0, event -> {})));
    double folded;
    try (Engine engine = runs.engine()) {
      Plan plan = Plan.of(engine.definition(run));
      folded =
          fastest(() ->
              seconds(() -> {
                RunFold state = new RunFold(plan, new Payloads(store.blobs(run))::load);
                store.read(run, 0, state::apply);
              }));
    }
    double without =
        fastest(() -> {
          store.folds(run).forget();
          return runs.secondsToTakeUp(run);
        });
    rows.append(
        String.format(
            Locale.ROOT,
            "| %s | %,d | %,d | %.1f MiB | %.2f s | %.2f s | %.2f s | %.2f s | %.1f | %.2f MiB |%n",
            journal,
            shards,
            events[0],
            bytes / MIB,
            read,
            folded,
            without,
            withFold,
            without / withFold,
            fold / MIB));
  }

  private static long savedBytes(JournalStore store, RunId run) throws Exception {
    if (store.folds(run).newest().isEmpty()) {
      return 0;
    }
    try (InputStream in = store.folds(run).newest().orElseThrow()) {
      return in.transferTo(OutputStream.nullOutputStream());
    }
  }

  void write() throws Exception {
    FiguresFile.write(
        "folds.md",
        """
        # What it takes to take up a long run

        Made by `SavedFoldIT` in its long form: a scatter whose engine died when all but 5,000 of its shards had ended; the
        fastest of %d in a process that is warm. *Read* gives each event to nobody, *folded* to a fold. *Taken up* is the time
        until another engine has the run, has told so in its journal, and may act: from the first event, and from the fold
        that was saved last.

        %s
        | journal | shards | events | size | read | folded | taken up from the first event | taken up from the saved fold | ratio | saved fold |
        |---|---|---|---|---|---|---|---|---|---|
        %s\
        """
            .formatted(ROUNDS, FiguresFile.machine(), rows));
  }
}
