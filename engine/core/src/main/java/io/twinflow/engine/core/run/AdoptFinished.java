package io.twinflow.engine.core.run;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.ArtifactIdentity;
import io.twinflow.engine.core.event.Event.CacheKey;
import io.twinflow.engine.core.event.Event.Origin;
import io.twinflow.engine.core.event.Payload;
import io.twinflow.engine.core.fold.LinkException;
import io.twinflow.engine.core.fold.OpenTask;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.plan.PlannedProcess;
import io.twinflow.engine.core.plan.PlannedWorkflow;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The finished tasks of the run that this one continues. A task is taken over if its address and
 * its inputs are the same, nothing that it read was touched since, and its outputs are still there.
 * Where tools may change their inputs in place, what was read cannot be told from what was written,
 * and touched inputs count as the same. Safe for many threads once all events were taken.
 */
public final class AdoptFinished implements Shortcut {

  private static final Logger LOG = System.getLogger(AdoptFinished.class.getName());

  private record Finished(
      long task, String inputs, Payload outputs, List<ArtifactIdentity> artifacts, FileTime at) {}

  private final RunId run;
  private final RunFold fold;
  private final Function<Payload, RecordValue> values;
  private final StillThere stillThere;
  private final boolean changesInputs;
  private final LastTouched inputTimes = new LastTouched();
  private final ValueDigests digests = new ValueDigests();
  private final Map<String, Finished> finished = new HashMap<>();

  /**
   * @param run that is continued
   * @param fold without events; it is fed by {@link #accept}
   * @param values of the continued run's payloads
   */
  public AdoptFinished(
      RunId run, RunFold fold, Function<Payload, RecordValue> values, StillThere stillThere) {
    this.run = run;
    this.fold = fold;
    this.values = values;
    this.stillThere = stillThere;
    this.changesInputs = changesInputs(fold.plan().root());
  }

  private static boolean changesInputs(PlannedProcess process) {
    return switch (process) {
      case PlannedWorkflow workflow ->
          workflow.steps().stream().anyMatch(step -> changesInputs(step.process()));
      case PlannedProcess.Task task ->
          task.requirements()
              .find(Requirement.InplaceUpdate.class)
              .map(Requirement.InplaceUpdate::enabled)
              .orElse(false);
    };
  }

  /** Takes the events of the continued run, in order. */
  public void accept(Envelope envelope) {
    if (envelope.event() instanceof Event.TaskSucceeded done
        && !(done.origin() instanceof Origin.Evaluated)) {
      OpenTask task = fold.openTask(done.task());
      if (task != null) {
        List<ArtifactIdentity> artifacts =
            done.execution() == null ? List.of() : done.execution().artifacts();
        finished.put(
            task.address(),
            new Finished(
                done.task(),
                digests.of(inputs(task)),
                done.outputs(),
                artifacts,
                FileTime.from(envelope.time())));
      }
    }
    fold.apply(envelope);
  }

  private static RecordValue inputs(OpenTask task) {
    try {
      return task.inputs();
    } catch (LinkException e) {
      throw new IllegalStateException("a task was made although its links fail", e);
    }
  }

  @Override
  public Answer look(Question question) {
    Finished known = finished.get(question.address());
    if (known == null || !known.inputs().equals(digests.of(question.inputs()))) {
      return Answer.NOTHING;
    }
    if (!changesInputs && inputTimes.of(question.inputs()).compareTo(known.at()) > 0) {
      return Answer.NOTHING;
    }
    RecordValue outputs;
    try {
      outputs = values.apply(known.outputs());
    } catch (UncheckedIOException e) {
      LOG.log(
          Level.WARNING,
          "{0} is done again, because what run {1} made cannot be read: {2}",
          question.address(),
          run,
          e.getMessage());
      return Answer.NOTHING;
    }
    return stillThere.are(outputs, known.artifacts(), known.at())
        ? new Answer(Optional.of(new Hit(outputs, new Origin.Adopted(run, known.task()))), null)
        : Answer.NOTHING;
  }

  @Override
  public void keep(CacheKey key, Kept kept) {
    // The journal keeps what is adopted.
  }
}
