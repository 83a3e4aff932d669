package io.twinflow.engine.core;

import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.journal.JournalStore;
import io.twinflow.engine.core.plan.Plan;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The plans of the versions that runs have pinned; what a user's file says by now does not matter.
 * Safe for many threads.
 */
final class PinnedPlans {

  /** A server sees a version for each upload; the others are read again when they are needed. */
  private static final int REMEMBERED = 256;

  private final JournalStore store;
  private final Definitions definitions;
  private final Map<String, Plan> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Plan> eldest) {
              return size() > REMEMBERED;
            }
          });

  PinnedPlans(JournalStore store, Definitions definitions) {
    this.store = store;
    this.definitions = definitions;
  }

  void remember(Plan plan) {
    known.put(plan.version(), plan);
  }

  /**
   * @throws FailureException if the run was never completely made, or its definition cannot be read
   */
  Plan of(RunId run) throws FailureException, IOException {
    List<Event> first = new ArrayList<>();
    try {
      store.read(
          run,
          0,
          envelope -> {
            first.add(envelope.event());
            throw new Enough();
          });
    } catch (Enough e) {
      return of(run, first.getFirst());
    }
    throw RunFailures.neverMade(run);
  }

  /**
   * @param first event of the run
   * @throws FailureException if the run was never completely made, or its definition cannot be read
   */
  Plan of(RunId run, Event first) throws FailureException, IOException {
    if (first instanceof Event.RunCreated created) {
      return plan(run, created.definition());
    }
    throw RunFailures.neverMade(run);
  }

  /** Ends a reading early. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Enough() {
      super("enough", null, false, false);
    }
  }

  private Plan plan(RunId run, String version) throws FailureException, IOException {
    Plan plan = known.get(version);
    if (plan != null) {
      return plan;
    }
    try {
      WorkflowDocument document = definitions.load(store.blobs(run).get(version));
      Plan made = Plan.of(version, document);
      remember(made);
      return made;
    } catch (InvalidDefinitionException e) {
      throw RunFailures.parked(run, e);
    }
  }
}
