package io.twinflow.engine.core;

import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.Origin;
import io.twinflow.engine.core.event.Payload;
import io.twinflow.engine.core.journal.JournalStore;
import io.twinflow.engine.core.journal.Payloads;
import io.twinflow.engine.core.secret.SecretValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which runs those that have not ended use: finished calls that they took from the call cache, and
 * files that lie in the folder of another run. Safe for many threads.
 */
final class NamedRuns {

  /**
   * @param last sequence up to which the journal was read
   */
  private record Known(long last, Set<RunId> named) {}

  private final JournalStore store;
  private final Path runs;
  private final Map<RunId, Known> known = new HashMap<>();

  /**
   * @param runs where the folders of runs lie
   */
  NamedRuns(JournalStore store, Path runs) {
    this.store = store;
    this.runs = runs.toAbsolutePath().normalize();
  }

  /** A run that has not ended and names the given one. */
  synchronized Optional<RunId> openThatNames(RunId run) throws IOException {
    for (RunId each : store.runs()) {
      if (!each.equals(run) && isOpen(each) && named(each).contains(run)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** What cannot be read does not go on. */
  private boolean isOpen(RunId run) {
    AtomicBoolean open = new AtomicBoolean();
    try {
      store.readEnds(run, envelope -> open.set(!(envelope.event() instanceof Event.RunEnded)));
      return open.get();
    } catch (IOException e) {
      System.getLogger(NamedRuns.class.getName())
          .log(System.Logger.Level.DEBUG, "{0} cannot be read: {1}", run, e.getMessage());
      return false;
    }
  }

  private Set<RunId> named(RunId run) throws IOException {
    Known before = known.getOrDefault(run, new Known(0, Set.of()));
    Set<RunId> named = new HashSet<>(before.named());
    Payloads payloads = new Payloads(store.blobs(run));
    AtomicLong last = new AtomicLong(before.last());
    try {
      store.read(
          run,
          before.last(),
          envelope -> {
            last.set(envelope.sequence());
            add(envelope.event(), payloads, named);
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    known.put(run, new Known(last.get(), named));
    return named;
  }

  private void add(Event event, Payloads payloads, Set<RunId> named) {
    switch (event) {
      case Event.RunCreated created -> add(created.inputs(), payloads, named);
      case Event.ScopeOpened opened -> add(opened.overrides().values(), payloads, named);
      case Event.TaskCreated created -> add(created.overrides().values(), payloads, named);
      case Event.TaskSucceeded done -> {
        switch (done.origin()) {
          case Origin.Cached cached -> named.add(cached.run());
          case Origin.Adopted adopted -> named.add(adopted.run());
          case Origin.Executed _, Origin.Evaluated _ -> {}
        }
        add(done.outputs(), payloads, named);
      }
      default -> {
        // Names no files.
      }
    }
  }

  private void add(Payload values, Payloads payloads, Set<RunId> named) {
    for (String location : SecretValues.locations(payloads.load(values))) {
      Path path = Locations.path(location);
      if (path == null) {
        continue;
      }
      Path whole = path.normalize();
      if (whole.startsWith(runs) && whole.getNameCount() > runs.getNameCount()) {
        String name = whole.getName(runs.getNameCount()).toString();
        if (RunId.isValid(name)) {
          named.add(new RunId(name));
        }
      }
    }
  }
}
