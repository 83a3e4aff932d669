package io.twinflow.engine.core.saved;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.fold.FoldState;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.journal.SavedFolds;
import io.twinflow.engine.core.run.Committed;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Saves the fold of a run that executes here, whenever so much was journaled since the last time
 * that reading it would take a good part of a second. The run's thread only copies references; what
 * is slow is done in the background. What fails here costs nothing but time later.
 */
public final class KeepFold implements Committed {

  private static final Logger LOG = System.getLogger(KeepFold.class.getName());

  /** A saved fold is read faster than as many bytes of events, but not for nothing. */
  private static final int GROWTH = 2;

  private final RunId run;
  private final SavedFold form;
  private final SavedFolds folds;
  private final Executor background;
  private final long afterBytes;

  private boolean dueAtOnce;
  private boolean kept;
  private long journaled;
  private volatile long size;
  private volatile boolean over;
  private CompletableFuture<Boolean> saving = CompletableFuture.completedFuture(true);

  /**
   * @param afterBytes of events
   * @param dueAtOnce whether it took long to read what is journaled so far
   * @param kept whether there is a saved fold already
   */
  public KeepFold(
      RunId run,
      SavedFold form,
      SavedFolds folds,
      Executor background,
      long afterBytes,
      boolean dueAtOnce,
      boolean kept) {
    this.run = run;
    this.form = form;
    this.folds = folds;
    this.background = background;
    this.afterBytes = afterBytes;
    this.dueAtOnce = dueAtOnce;
    this.kept = kept;
  }

  @Override
  public void at(RunFold fold, long bytes) {
    boolean due = dueAtOnce || bytes - journaled >= Math.max(afterBytes, GROWTH * size);
    if (!due || !saving.isDone() || fold.state().isTerminal()) {
      return;
    }
    dueAtOnce = false;
    journaled = bytes;
    kept = true;
    FoldState state = fold.save();
    saving = CompletableFuture.supplyAsync(() -> save(state), background);
  }

  private boolean save(FoldState state) {
    try {
      folds.save(state.sequence(), out -> form.write(state, new Watched(out)));
      return true;
    } catch (IOException | UncheckedIOException e) {
      LOG.log(
          over ? Level.DEBUG : Level.WARNING,
          "the fold of run {0} is not saved: {1}. Whoever takes the run up reads more of its journal",
          run,
          e.getMessage());
      return false;
    }
  }

  /**
   * The run is not executed here any longer.
   *
   * @param ended whether nobody will execute it any more
   */
  public void close(boolean ended) {
    over = true;
    saving.join();
    if (ended && kept) {
      try {
        folds.forget();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "the saved fold of run {0} stays: {1}", run, e.getMessage());
      }
    }
  }

  /** Counts, and breaks off what nobody will need. */
  private final class Watched extends FilterOutputStream {
    private long count;

    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (over) {
        throw new IOException("the run has ended or is handed over");
      }
      out.write(bytes, offset, length);
      count += length;
      size = count;
    }
  }
}
