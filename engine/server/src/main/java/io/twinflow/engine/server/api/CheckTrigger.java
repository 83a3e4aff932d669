package io.twinflow.engine.server.api;

import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.dmn.Decision;
import io.twinflow.engine.dmn.DecisionInput;
import io.twinflow.engine.server.data.DataPlan;
import io.twinflow.engine.server.data.StorePrefix;
import io.twinflow.engine.server.runs.CannotDecideException;
import io.twinflow.engine.server.runs.Catalogue;
import io.twinflow.engine.server.runs.DecideByTable;
import io.twinflow.engine.server.runs.KeptWorkflow;
import io.twinflow.engine.server.runs.NoSuchWorkflowException;
import io.twinflow.engine.server.runs.Submission;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.engine.server.security.Priorities;
import io.twinflow.engine.server.triggers.ReceiveEvents;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.triggers.firing.Triggers.NewTrigger;
import io.twinflow.triggers.rule.CheckDecision;
import io.twinflow.triggers.rule.CheckMapping;
import io.twinflow.triggers.rule.Decide;
import io.twinflow.triggers.rule.TriggerRule;
import io.twinflow.triggers.source.ConfiguredSource;
import io.twinflow.triggers.source.look.Looking;
import io.twinflow.triggers.source.look.LookingSource;
import io.twinflow.triggers.source.runs.RunsSource;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether a trigger can be used: all that can be told before an event comes. */
@Component
class CheckTrigger {

  /** What a document is called in messages. */
  static final String DOCUMENT = "trigger.yaml";

  /** What the places of stores begin with. */
  private static final String S3 = "s3://";

  private final Catalogue catalogue;
  private final MakeTriggeredRun runs;
  private final DataPlan data;
  private final ReceiveEvents receive;
  private final DecideByTable decide;

  CheckTrigger(
      Catalogue catalogue,
      MakeTriggeredRun runs,
      DataPlan data,
      ReceiveEvents receive,
      DecideByTable decide) {
    this.decide = decide;
    this.receive = receive;
    this.data = data;
    this.catalogue = catalogue;
    this.runs = runs;
  }

  /**
   * A trigger that can be used.
   *
   * @param process what its runs are of; null if it makes none
   */
  record Checked(NewTrigger trigger, @Nullable CwlProcess process) {}

  /**
   * @throws BadRequestException that names the field, or its line and column
   * @throws InvalidDefinitionException if the inputs do not fit the workflow, with every problem
   */
  Checked of(Caller caller, String document)
      throws BadRequestException, NoSuchWorkflowException, InvalidDefinitionException {
    TriggerRule rule = rule(document);
    checkSource(caller, rule);
    List<Problem> problems = new ArrayList<>();
    @Nullable String decision =
        rule.decide() == null ? null : decision(caller, rule, rule.decide(), problems);
    if (rule.telling() != null) {
      throwIfAny(problems);
      return new Checked(
          new NewTrigger(caller.tenant(), caller.subject(), document, "", null, decision, rule),
          null);
    }
    KeptWorkflow workflow = find(caller, rule.workflow());
    CwlProcess process = catalogue.load(workflow).process();
    problems.addAll(CheckMapping.of(rule, process));
    @Nullable KeptWorkflow check = null;
    if (rule.check() != null) {
      check = find(caller, rule.check().workflow());
      problems.addAll(CheckMapping.of(rule.check(), catalogue.load(check).process()));
    }
    throwIfAny(problems);
    checkLoop(caller, rule);
    checkOwnRuns(rule, catalogue.load(workflow), check);
    Labels.checked(rule.labels());
    RunOptions options = runs.options(rule.options());
    Priorities.check(caller, options);
    return new Checked(
        new NewTrigger(
            caller.tenant(),
            caller.subject(),
            document,
            workflow.id(),
            check == null ? null : check.id(),
            decision,
            rule),
        process);
  }

  private static void throwIfAny(List<Problem> problems) throws InvalidDefinitionException {
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
  }

  /** What decides, as the catalogue has it now; a newer one of the name changes nothing. */
  private String decision(Caller caller, TriggerRule rule, Decide asked, List<Problem> problems)
      throws NoSuchWorkflowException, InvalidDefinitionException {
    KeptWorkflow kept = find(caller, asked.decision());
    try {
      Decision main = decide.document(kept).main();
      problems.addAll(
          CheckDecision.of(
              rule,
              asked,
              main.inputs().stream().map(DecisionInput::name).toList(),
              main.outputs()));
      return kept.id();
    } catch (CannotDecideException e) {
      throw new InvalidDefinitionException(
          Problem.error(asked.decisionPlace(), String.valueOf(e.getMessage())));
    }
  }

  private KeptWorkflow find(Caller caller, String name) throws NoSuchWorkflowException {
    return catalogue.find(caller, name).orElseThrow(() -> new NoSuchWorkflowException(name));
  }

  private void checkSource(Caller caller, TriggerRule rule) throws BadRequestException {
    if (rule.source() == null) {
      return;
    }
    List<String> names =
        receive.all().stream()
            .filter(source -> caller.administrator() || source.isFor(caller.subject()))
            .map(ConfiguredSource::name)
            .toList();
    if (!names.contains(rule.source())) {
      throw new BadRequestException(
          "source",
          "source: expected %s, found %s; an administrator says in twinflow.yaml which there are, and for whom"
              .formatted(
                  names.isEmpty() ? "none, as there is none for you" : String.join(", ", names),
                  rule.source()));
    }
  }

  /** What its runs make goes into the server's store, and may be told of as any other object. */
  private void checkLoop(Caller caller, TriggerRule rule) throws BadRequestException {
    Optional<String> store = data.place();
    if (store.isEmpty() || looksForItself(rule)) {
      return;
    }
    String[] parts = store.get().substring(S3.length()).split("/", 2);
    String folder = parts.length == 1 ? "" : parts[1] + "/";
    String keys = folder + StorePrefix.of(caller.tenant(), caller.subject());
    if (rule.maySee(parts[0], keys)) {
      throw new BadRequestException(
          "filter.subject",
          "the results of its own runs would fire it again, as they go to %s below %s; expected a subject, or a source, that leaves them out"
              .formatted(store.get(), keys));
    }
  }

  /** What does so, as a schedule or a folder, tells of no bucket. */
  private boolean looksForItself(TriggerRule rule) {
    return source(rule)
        .map(ConfiguredSource::source)
        .filter(source -> source instanceof Looking || source instanceof LookingSource)
        .isPresent();
  }

  private Optional<ConfiguredSource> source(TriggerRule rule) {
    return receive.all().stream().filter(each -> each.name().equals(rule.source())).findFirst();
  }

  /** Circles through other triggers are left to the bound on what led to an event. */
  private void checkOwnRuns(
      TriggerRule rule, Submission.Definition.Loaded workflow, @Nullable KeptWorkflow check)
      throws BadRequestException, InvalidDefinitionException {
    boolean ofRuns = source(rule).filter(each -> each.source() instanceof RunsSource).isPresent();
    if (!ofRuns) {
      return;
    }
    List<String> names = new ArrayList<>(List.of(workflow.name()));
    if (check != null) {
      names.add(catalogue.load(check).name());
    }
    if (RunsSource.mayFireItself(rule, names)) {
      throw new BadRequestException(
          "filter",
          "the ends of its own runs would fire it again, as their subjects begin with %s; expected a filter.subject that leaves them out, or filter.sql: NOT EXISTS trigger, for runs that no trigger made"
              .formatted(
                  names.stream().map(name -> name + "/").collect(Collectors.joining(" or "))));
    }
  }

  private static TriggerRule rule(String document) throws BadRequestException {
    try {
      return TriggerRule.read(document, DOCUMENT);
    } catch (InvalidSettingException e) {
      throw new BadRequestException("trigger", String.valueOf(e.getMessage()));
    }
  }
}
