package io.twinflow.engine.core;

import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.SubmissionIntended.Member;
import io.twinflow.engine.core.journal.JournalStore;
import io.twinflow.engine.core.site.Site;
import io.twinflow.engine.core.site.Sites;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which site an attempt went to, from the journal: for those who look at a run that another engine
 * may execute. Remembers what was read of the last runs, but only attempts that did not go to the
 * first site. Safe for many threads.
 */
final class AttemptSites {

  private static final int MOST_RUNS = 32;

  private final JournalStore store;
  private final Sites sites;
  private final LinkedHashMap<RunId, Elsewhere> runs = new LinkedHashMap<>(16, 0.75f, true);

  AttemptSites(JournalStore store, Sites sites) {
    this.store = store;
    this.sites = sites;
  }

  /**
   * The first site if the journal does not tell of the attempt.
   *
   * @throws IOException if it went to a site that is not in the configuration any more
   */
  Site of(RunId run, long task, int attempt) throws IOException {
    if (sites.all().size() == 1) {
      return sites.first();
    }
    Elsewhere elsewhere;
    synchronized (runs) {
      elsewhere = runs.computeIfAbsent(run, _ -> new Elsewhere(sites.first().name()));
      if (runs.size() > MOST_RUNS) {
        runs.pollFirstEntry();
      }
    }
    String name = elsewhere.of(run, new Member(task, attempt), store);
    return sites
        .find(name)
        .orElseThrow(() ->
            new IOException(
                "it ran at site %s, which is not in the configuration any more".formatted(name)));
  }

  /** What was read of one run. */
  private static final class Elsewhere {
    private final String first;
    private final Map<Member, String> sites = new HashMap<>();
    private long sequence;

    Elsewhere(String first) {
      this.first = first;
    }

    synchronized String of(RunId run, Member attempt, JournalStore store) throws IOException {
      String known = sites.get(attempt);
      if (known == null) {
        store.read(run, sequence, this::accept);
        known = sites.getOrDefault(attempt, first);
      }
      return known;
    }

    private void accept(Envelope envelope) {
      sequence = envelope.sequence();
      if (envelope.event() instanceof Event.SubmissionIntended e && !e.site().equals(first)) {
        e.members().forEach(member -> sites.put(member, e.site()));
      }
    }
  }
}
