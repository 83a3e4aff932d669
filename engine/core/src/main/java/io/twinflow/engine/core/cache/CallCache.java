package io.twinflow.engine.core.cache;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.event.Event.CacheKey;
import io.twinflow.engine.core.event.Event.Origin;
import io.twinflow.engine.core.plan.PlannedProcess;
import io.twinflow.engine.core.run.Shortcut;
import io.twinflow.engine.core.run.StillThere;
import io.twinflow.engine.core.secret.SecretTask;
import io.twinflow.engine.core.secret.SecretValues;
import io.twinflow.engine.core.task.PlannedTool;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.expression.ExpressionContext;
import io.twinflow.workflowdefs.expression.ExpressionException;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Calls by content, across runs (DESIGN.md, rule 14). A tool can refuse (WorkReuse); a failed task
 * is never kept, nor one that used a secret; an entry whose files are gone or changed is a miss.
 * Nothing that goes wrong here fails a task.
 */
public final class CallCache implements Shortcut {

  private static final Logger LOG = System.getLogger(CallCache.class.getName());

  private final Caller caller;
  private final CacheFolder folder;
  private final CacheKeys keys;
  private final StillThere stillThere;
  private final Evaluator evaluator;

  /**
   * Who asks and keeps.
   *
   * @param tenant whose calls are found, and no others; of a server with several people, each of
   *     them
   * @param isKept whether a run is there and will be: the files of one that was deleted may still
   *     be there for a moment
   */
  public record Caller(String tenant, RunId run, Predicate<RunId> isKept) {}

  /** */
  public CallCache(Caller caller, Path folder, Artifacts artifacts, Evaluator evaluator) {
    this.caller = caller;
    this.folder = new CacheFolder(folder, caller.tenant());
    this.keys = new CacheKeys(caller.tenant(), artifacts);
    this.stillThere = new StillThere(artifacts);
    this.evaluator = evaluator;
  }

  @Override
  public Answer look(Question question) {
    if (!(question.process() instanceof PlannedProcess.Tool(PlannedTool tool))
        || question.prepared() == null
        || SecretTask.uses(question.prepared().spec())
        || SecretValues.areIn(question.prepared().inputs())
        || !mayBeReused(tool, question.prepared().inputs(), question.prepared().runtime())) {
      return Answer.NOTHING;
    }
    try {
      ContainerSpec container = question.prepared().spec().container();
      Optional<String> image =
          container == null
              ? Optional.empty()
              : question.prepared().chosen().executor().imageDigest(container);
      CacheKey key = keys.of(tool, question.prepared(), image);
      if (container != null && image.isEmpty()) {
        return new Answer(Optional.empty(), key);
      }
      Optional<Hit> hit = hit(key, image);
      if (hit.isEmpty() && container != null) {
        // Whoever made it did not have the image yet when it asked.
        hit = hit(keys.of(tool, question.prepared(), Optional.empty()), image);
      }
      return new Answer(hit, key);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      LOG.log(
          Level.DEBUG,
          "{0}: no cache key, because an input or the journals cannot be read: {1}",
          question.address(),
          e.getMessage());
      return Answer.NOTHING;
    }
  }

  private Optional<Hit> hit(CacheKey key, Optional<String> image) {
    return folder
        .find(key.sha256())
        .filter(found -> found.entry().imageDigest().equals(image))
        .filter(found -> caller.isKept().test(found.entry().run()))
        .filter(found ->
            stillThere.are(found.entry().outputs(), found.entry().artifacts(), found.written()))
        .map(found ->
            new Hit(
                found.entry().outputs(),
                new Origin.Cached(found.entry().run(), found.entry().task())));
  }

  private boolean mayBeReused(PlannedTool tool, RecordValue inputs, RecordValue runtime) {
    Optional<Requirement.WorkReuse> reuse = tool.requirements().find(Requirement.WorkReuse.class);
    boolean inPlace =
        tool.requirements()
            .find(Requirement.InplaceUpdate.class)
            .map(Requirement.InplaceUpdate::enabled)
            .orElse(false);
    if (inPlace
        || tool.tool().header().requirements().find(Requirement.Secrets.class).isPresent()) {
      return false;
    }
    if (reuse.isEmpty()) {
      return true;
    }
    try {
      ExpressionContext context =
          new ExpressionContext(inputs, NullValue.NULL, runtime, tool.expressionLib());
      return switch (evaluator.evaluate(reuse.get().enable(), context)) {
        case BooleanValue bool -> bool.value();
        case StringValue text -> text.value().equals("true");
        default -> false;
      };
    } catch (ExpressionException e) {
      LOG.log(Level.WARNING, "{0}: not cached: {1}", reuse.get().position(), e.getMessage());
      return false;
    }
  }

  @Override
  public void keep(CacheKey key, Kept kept) {
    try {
      folder.put(
          new CacheEntry(
              key.sha256(),
              caller.tenant(),
              caller.run(),
              kept.task(),
              kept.address(),
              kept.imageDigest(),
              kept.outputs(),
              kept.artifacts()));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} is not kept in the cache: {1}", kept.address(), e.getMessage());
    }
  }
}
