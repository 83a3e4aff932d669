package io.twinflow.engine.server.views;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.view.Outline;
import io.twinflow.engine.core.view.RunProgress;
import io.twinflow.engine.core.view.RunSnapshot;
import io.twinflow.engine.postgres.PostgresJournalStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Steps and counters of runs. The runs that were looked at last are followed from where they were
 * then, so that watching a long run reads what is new in it and not all of it again.
 */
@Component
public final class Snapshots {

  private static final int REMEMBERED = 200;

  private final Engine engine;
  private final PostgresJournalStore journals;
  private final Map<RunId, Followed> followed =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Followed> eldest) {
          return size() > REMEMBERED;
        }
      };

  Snapshots(Engine engine, PostgresJournalStore journals) {
    this.engine = engine;
    this.journals = journals;
  }

  /** One run, as far as it was read. */
  private static final class Followed {
    final RunProgress progress;
    long last;

    Followed(RunProgress progress) {
      this.progress = progress;
    }
  }

  /** As the journal has it now. */
  public RunSnapshot of(RunId run) throws FailureException, IOException {
    Followed here = find(run);
    synchronized (here) {
      journals.read(
          run,
          here.last,
          envelope -> {
            here.progress.accept(envelope);
            here.last = envelope.sequence();
          });
      return here.progress.snapshot();
    }
  }

  private Followed find(RunId run) throws FailureException {
    synchronized (followed) {
      Followed known = followed.get(run);
      if (known != null) {
        return known;
      }
    }
    Followed made = new Followed(new RunProgress(Outline.of(engine.definition(run).process())));
    synchronized (followed) {
      Followed known = followed.putIfAbsent(run, made);
      return known == null ? made : known;
    }
  }
}
