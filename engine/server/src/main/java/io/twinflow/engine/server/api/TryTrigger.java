package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.cloudevents.CloudEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.engine.server.runs.NoSuchWorkflowException;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.triggers.firing.CannotStartException;
import io.twinflow.triggers.firing.Decider;
import io.twinflow.triggers.firing.Decider.Decided;
import io.twinflow.triggers.firing.Decider.Question;
import io.twinflow.triggers.firing.Triggers.NewTrigger;
import io.twinflow.triggers.rule.Check;
import io.twinflow.triggers.rule.Decide;
import io.twinflow.triggers.rule.Message;
import io.twinflow.triggers.rule.Signal;
import io.twinflow.triggers.rule.Telling;
import io.twinflow.triggers.rule.TriggerRule;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.check.InputObjectChecker;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.expression.Evaluators;
import io.twinflow.workflowdefs.expression.ExpressionException;
import io.twinflow.workflowdefs.expression.process.EvaluatorProcesses;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.NodeReader;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.source.ReadLimits;
import io.twinflow.workflowdefs.value.NodeContext;
import io.twinflow.workflowdefs.value.NodeValues;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what a trigger would make of an event, and makes nothing. */
@Component
class TryTrigger {

  private static final String INPUTS = "inputs";

  private final CheckTrigger check;
  private final Evaluator evaluator;
  private final Decider decider;

  TryTrigger(CheckTrigger check, EvaluatorProcesses evaluators, Decider decider) {
    this.decider = decider;
    this.check = check;
    this.evaluator = Evaluators.over(evaluators);
  }

  /** What would happen. */
  @Schema(name = "TriggerTest")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Answer(
      @Schema(description = "Whether the event is for the trigger.") boolean matches,
      @Nullable
          @Schema(description = "true if a table finds nothing to do for it: there is no run.")
          Boolean skipped,
      @Nullable @Schema(description = "Why it is not, is skipped, or would be a dead letter.")
          String reason,
      @Nullable @Schema(description = "Which events would be collected with it.") String key,
      @Nullable @Schema(description = "Which of those that its run would wait for it is.")
          String item,
      @Nullable @Schema(description = "The workflow's id in the catalogue.") String workflow,
      @Nullable
          @JsonRawValue
          @Schema(description = "The input object of the run.", types = "object")
          String inputs,
      @Nullable
          @JsonRawValue
          @Schema(
              description =
                  "What processes would be told: the name of a message or a signal, its values, and of a message which process.",
              types = "object")
          String message,
      @Nullable
          @JsonRawValue
          @Schema(
              description =
                  "What would look at the data before: the workflow's id, and the input object.",
              types = "object")
          String check,
      @Nullable
          @JsonRawValue
          @Schema(
              description =
                  "What a table decides: its name, the digest of its document, the rules that match, and its outputs.",
              types = "object")
          String decision) {

    static Answer not(String why) {
      return new Answer(false, null, why, null, null, null, null, null, null, null);
    }

    static Answer skipped(Decided decided) {
      String told = ValueJson.write(decided.told());
      return new Answer(true, true, decided.reason(), null, null, null, null, null, null, told);
    }

    static Answer dead(NewTrigger trigger, String why) {
      return new Answer(true, null, why, null, null, trigger.workflow(), null, null, null, null);
    }
  }

  Answer of(Caller caller, String document, CloudEvent event)
      throws BadRequestException, NoSuchWorkflowException, InvalidDefinitionException, IOException {
    CheckTrigger.Checked checked = check.of(caller, document);
    NewTrigger trigger = checked.trigger();
    TriggerRule rule = trigger.rule();
    Optional<String> refusal = rule.refusal(event);
    if (refusal.isPresent()) {
      return Answer.not(refusal.get());
    }
    try {
      @Nullable Decided decided =
          rule.decide() == null ? null : decide(trigger, rule.decide(), event);
      if (decided != null && decided.isNothing()) {
        return Answer.skipped(decided);
      }
      return made(checked, event, decided);
    } catch (CannotStartException e) {
      return Answer.dead(trigger, String.valueOf(e.getMessage()));
    } catch (ExpressionException e) {
      return Answer.dead(trigger, "%s: %s".formatted(e.position(), e.getMessage()));
    }
  }

  private Decided decide(NewTrigger trigger, Decide decide, CloudEvent event)
      throws ExpressionException, CannotStartException, IOException {
    return decider.decide(
        new Question(
            trigger.tenant(),
            trigger.subject(),
            Objects.requireNonNull(trigger.decision()),
            decide.mapping().of(List.of(event), evaluator)));
  }

  private Answer made(CheckTrigger.Checked checked, CloudEvent event, @Nullable Decided decided)
      throws ExpressionException, InvalidDefinitionException {
    NewTrigger trigger = checked.trigger();
    TriggerRule rule = trigger.rule();
    @Nullable RecordValue told = decided == null ? null : decided.told();
    @Nullable RecordValue seen = told == null ? null : (RecordValue) told.get("outputs");
    @Nullable String decision = told == null ? null : ValueJson.write(told);
    if (rule.telling() != null) {
      String message = told(rule.telling(), event, seen);
      return new Answer(true, null, null, null, null, null, null, message, null, decision);
    }
    String key = rule.key(event, evaluator);
    String inputs = rule.mapping().of(List.of(event), seen, evaluator);
    return new Answer(
        true,
        null,
        misfit(Objects.requireNonNull(checked.process()), inputs).orElse(null),
        key.isEmpty() ? null : key,
        rule.item(event, evaluator).orElse(null),
        trigger.workflow(),
        inputs,
        null,
        rule.check() == null ? null : check(trigger, rule.check(), event, seen),
        decision);
  }

  private String told(Telling telling, CloudEvent event, @Nullable RecordValue decided)
      throws ExpressionException {
    Map<String, Value> told = new LinkedHashMap<>();
    String kind =
        switch (telling) {
          case Message _ -> "message";
          case Signal _ -> "signal";
        };
    told.put(kind, new StringValue(telling.name()));
    told.putAll(telling.mapping().made(List.of(event), decided, evaluator).fields());
    return ValueJson.write(new RecordValue(told));
  }

  private String check(
      NewTrigger trigger, Check check, CloudEvent event, @Nullable RecordValue decided)
      throws ExpressionException {
    return ValueJson.write(
        new RecordValue(
            Map.of(
                "workflow",
                new StringValue(Objects.requireNonNull(trigger.checkWorkflow())),
                INPUTS,
                check.mapping().made(List.of(event), decided, evaluator))));
  }

  private static Optional<String> misfit(CwlProcess process, String inputs)
      throws InvalidDefinitionException {
    ProblemLog log = new ProblemLog();
    var node = NodeReader.read(inputs, INPUTS, ReadLimits.DEFAULT);
    try {
      if (new NodeValues(NodeContext.of("trigger:/"), log).value(node) instanceof RecordValue all) {
        InputObjectChecker.check(process, all, node.position(), path -> node.position());
      }
      log.throwIfAny();
      return Optional.empty();
    } catch (InvalidDefinitionException e) {
      return Optional.of(
          e.problems().stream().map(Problem::message).collect(Collectors.joining(" ")));
    }
  }
}
