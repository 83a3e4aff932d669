package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunFailures;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.secret.Secrets;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Makes new runs of ended ones, from what was pinned of them. */
@Component
public final class ContinueRuns {

  private final Engine engine;
  private final Submit submit;
  private final Uploads uploads;
  private final ProcessRuns processes;

  ContinueRuns(Engine engine, Submit submit, Uploads uploads, ProcessRuns processes) {
    this.processes = processes;
    this.engine = engine;
    this.submit = submit;
    this.uploads = uploads;
  }

  /** How a run was asked for. */
  public Event.RunCreated created(RunRow run) throws FailureException {
    List<Event.RunCreated> found = new java.util.ArrayList<>(1);
    engine.readEnds(
        run.id(),
        envelope -> {
          if (envelope.event() instanceof Event.RunCreated event) {
            found.add(event);
          }
        });
    return found.getFirst();
  }

  /**
   * The same workflow with the same inputs; what had finished is adopted, but a process begins
   * anew.
   *
   * @param labels beside those of the old run
   */
  public RunId retry(Caller caller, RunRow old, RunOptions options, Map<String, String> labels)
      throws FailureException, InvalidDefinitionException, IOException {
    RecordValue before = engine.value(old.id(), created(old).inputs());
    return submit.submit(
        new Submission(
            caller.subject(),
            uploads.newFolder(),
            definition(old),
            Submission.Inputs.of(before),
            options,
            both(old, labels),
            Optional.of(old.id())));
  }

  /**
   * The same workflow with other inputs; calls that are the same are found in the cache.
   *
   * @param folder holds what was sent with it
   * @param changes inputs that differ
   */
  public Submission rerun(
      Caller caller,
      RunRow old,
      Path folder,
      Submission.Inputs changes,
      RunOptions options,
      Map<String, String> labels)
      throws FailureException {
    Secrets secrets = engine.secrets(old.id());
    RecordValue before = engine.value(old.id(), created(old).inputs());
    Submission.Inputs inputs =
        new Submission.Inputs(revealed(before, secrets), changes.text(), changes.given());
    return new Submission(
        caller.subject(),
        folder,
        definition(old),
        inputs,
        options,
        both(old, labels),
        Optional.empty());
  }

  /** The pinned workflow of a run. */
  public Submission.Definition.Loaded definition(RunRow run) throws FailureException {
    Set<String> files = uploads.of(run.id().value());
    if (run.kind() == Kind.CWL) {
      return new Submission.Definition.Known(run.workflow(), engine.definition(run.id()), files);
    }
    try {
      return new Submission.Definition.Bpmn(
          run.workflow(), processes.definition(run.id(), created(run)), files);
    } catch (IOException e) {
      throw RunFailures.of(run.id(), e);
    }
  }

  private static Map<String, String> both(RunRow old, Map<String, String> labels) {
    Map<String, String> both = new LinkedHashMap<>(old.labels());
    both.putAll(labels);
    return both;
  }

  /** The new run hides them again, under handles of its own. */
  private static RecordValue revealed(RecordValue values, Secrets secrets) {
    return secrets.isEmpty() ? values : (RecordValue) reveal(values, secrets);
  }

  private static Value reveal(Value value, Secrets secrets) {
    return switch (value) {
      case StringValue text -> new StringValue(secrets.reveal(text.value()));
      case ListValue list ->
          new ListValue(list.items().stream().map(item -> reveal(item, secrets)).toList());
      case RecordValue record -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        record.fields().forEach((name, field) -> fields.put(name, reveal(field, secrets)));
        yield new RecordValue(fields);
      }
      case io.twinflow.workflowdefs.value.NullValue _,
          io.twinflow.workflowdefs.value.BooleanValue _,
          io.twinflow.workflowdefs.value.IntegerValue _,
          io.twinflow.workflowdefs.value.DecimalValue _,
          io.twinflow.workflowdefs.value.FileValue _,
          io.twinflow.workflowdefs.value.DirectoryValue _ ->
          value;
    };
  }
}
