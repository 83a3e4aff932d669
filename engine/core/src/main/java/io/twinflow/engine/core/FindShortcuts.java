package io.twinflow.engine.core;

import io.twinflow.engine.core.cache.CallCache;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.fold.CannotFoldException;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.journal.JournalStore;
import io.twinflow.engine.core.journal.Payloads;
import io.twinflow.engine.core.plan.Plan;
import io.twinflow.engine.core.run.AdoptFinished;
import io.twinflow.engine.core.run.Ledger;
import io.twinflow.engine.core.run.Shortcut;
import io.twinflow.engine.core.run.StillThere;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ways of a run to outputs without an attempt: the run that it continues, and the call cache.
 */
final class FindShortcuts {

  private final EngineConfig config;
  private final Home home;
  private final JournalStore store;

  FindShortcuts(EngineConfig config, Home home, JournalStore store) {
    this.config = config;
    this.home = home;
    this.store = store;
  }

  List<Shortcut> of(RunId run, RunFold fold, Ledger ledger) {
    List<Shortcut> shortcuts = new ArrayList<>();
    Optional<RunId> continued = fold.created().continues();
    if (continued.isPresent()) {
      try {
        shortcuts.add(adopted(continued.get(), fold.plan()));
      } catch (IOException | UncheckedIOException | CannotFoldException e) {
        noticeOnce(
            "run %s, which this one continues, cannot be read (%s); what it had finished is done again"
                .formatted(continued.get(), e.getMessage()),
            fold,
            ledger);
      }
    }
    if (fold.created().options().useCache()) {
      shortcuts.add(
          new CallCache(
              new CallCache.Caller(calls(fold.created().subject()), run, store::exists),
              home.cache(),
              config.artifacts(),
              config.evaluator()));
    }
    return shortcuts;
  }

  /** People do not see each other's results, so neither do their calls. */
  private static String calls(String subject) {
    return subject.equals(Engine.RunRequest.ADMINISTRATOR)
        ? Envelope.ONLY_TENANT
        : Envelope.ONLY_TENANT + "~" + subject;
  }

  private static void noticeOnce(String text, RunFold fold, Ledger ledger) {
    if (!fold.wasNoticed(text)) {
      ledger.emit("engine", new Event.NoticeGiven(text));
    }
  }

  private Shortcut adopted(RunId continued, Plan plan) throws IOException {
    Payloads payloads = new Payloads(store.blobs(continued));
    AdoptFinished finished =
        new AdoptFinished(
            continued,
            new RunFold(plan, payloads::load),
            payloads::load,
            new StillThere(config.artifacts()));
    store.read(continued, 0, finished::accept);
    return finished;
  }
}
