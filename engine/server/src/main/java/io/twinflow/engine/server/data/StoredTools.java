package io.twinflow.engine.server.data;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.event.Event.ArtifactIdentity;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Raised;
import io.twinflow.engine.core.plan.PlannedProcess;
import io.twinflow.engine.core.run.TaskTools;
import io.twinflow.engine.core.site.ChooseSite;
import io.twinflow.engine.core.task.CollectedOutputs;
import io.twinflow.engine.core.task.PlannedTool;
import io.twinflow.engine.core.task.PreparedTask;
import io.twinflow.engine.stores.near.KnownDigests;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.FilesIn;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a run names lies in the store, so that any server can go on with it: an attempt's outputs
 * are put there before its end is told, and inputs before the run begins. Tools read and write
 * copies near them.
 *
 * @param subject whose run it is; empty before there is one
 */
record StoredTools(TaskTools tools, KeepFiles files, KnownDigests digests, String subject)
    implements TaskTools {

  @Override
  public TaskTools ofRun(RunId run, String owner) {
    return new StoredTools(tools.ofRun(run, owner), files, digests, owner);
  }

  @Override
  public PreparedTask prepare(
      PlannedTool tool,
      String name,
      RecordValue inputs,
      AttemptKey attempt,
      ChooseSite sites,
      RunOptions options,
      Raised raised)
      throws FailureException {
    return tools.prepare(tool, name, inputs, attempt, sites, options, raised);
  }

  @Override
  public CollectedOutputs collect(
      PreparedTask task, PlannedTool tool, OutputFolder folder, int exitCode)
      throws FailureException {
    CollectedOutputs near = tools.collect(task, tool, folder, exitCode);
    Map<String, Artifacts.Identity> known = identities(near);
    digests.remember(known);
    return storing(() -> {
      RecordValue outputs = files.keep(near.outputs(), subject, known);
      return new CollectedOutputs(outputs, moved(near, outputs));
    });
  }

  /** By location; what the collecting found out need not be found out again. */
  private static Map<String, Artifacts.Identity> identities(CollectedOutputs collected) {
    Map<String, String> sha1 = new HashMap<>();
    forEachFile(
        collected.outputs(),
        file -> {
          String checksum = file.checksum();
          if (file.location() != null && checksum != null && checksum.startsWith("sha1$")) {
            sha1.put(file.location(), checksum.substring("sha1$".length()));
          }
        });
    Map<String, Artifacts.Identity> known = new HashMap<>();
    for (ArtifactIdentity artifact : collected.artifacts()) {
      String first = sha1.get(artifact.location());
      if (first != null) {
        known.put(
            artifact.location(), new Artifacts.Identity(first, artifact.sha256(), artifact.size()));
      }
    }
    return known;
  }

  private static List<ArtifactIdentity> moved(CollectedOutputs near, RecordValue outputs) {
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    forEachFile(near.outputs(), file -> before.add(String.valueOf(file.location())));
    forEachFile(outputs, file -> after.add(String.valueOf(file.location())));
    Map<String, String> places = new HashMap<>();
    for (int i = 0; i < before.size(); i++) {
      places.put(before.get(i), after.get(i));
    }
    return near.artifacts().stream()
        .map(artifact ->
            new ArtifactIdentity(
                places.getOrDefault(artifact.location(), artifact.location()),
                artifact.sha256(),
                artifact.size()))
        .toList();
  }

  private static void forEachFile(Value value, Consumer<FileValue> seen) {
    FilesIn.forEach(
        value,
        found -> {
          if (found instanceof FileValue file) {
            seen.accept(file);
          }
        });
  }

  @Override
  public RecordValue evaluate(PlannedProcess.Expression expression, RecordValue inputs)
      throws FailureException {
    RecordValue near = tools.evaluate(expression, inputs);
    return storing(() -> files.named(near));
  }

  @Override
  public RecordValue resolve(
      List<InputParameter> parameters,
      Requirements requirements,
      FormatOntology ontology,
      RecordValue values)
      throws FailureException {
    RecordValue near = tools.resolve(parameters, requirements, ontology, values);
    return storing(() ->
        ForRun.CURRENT.isBound()
            ? files.keep(near, ForRun.CURRENT.get().subject(), Map.of())
            : files.named(near));
  }

  @FunctionalInterface
  private interface Storing<T> {
    T store() throws IOException;
  }

  private static <T> T storing(Storing<T> storing) throws FailureException {
    try {
      return storing.store();
    } catch (IOException e) {
      throw new FailureException(
          new Failure(
              FailureKind.INFRASTRUCTURE,
              "store.unusable",
              "the files could not be put into the store: " + e.getMessage()));
    }
  }
}
