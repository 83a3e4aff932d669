package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.Map;
import java.util.UUID;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.TaskActivityBehavior;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;

/**
 * The only thing a service task can do: write down what it asks for, in the transaction of the
 * process, and wait. If that transaction is rolled back, so is the question; if it is committed,
 * the question stands there until it is answered.
 */
final class AskTwinflow extends TaskActivityBehavior {

  /** Under which the answer comes with the signal to go on. */
  static final String ANSWER = "twinflow.answer";

  private static final long serialVersionUID = 1L;

  private final String work;

  /**
   * @param work as {@link WorkJson} writes it
   */
  AskTwinflow(String work) {
    this.work = work;
  }

  @Override
  public void execute(DelegateExecution execution) {
    RecordValue read = read();
    String activity = DocumentId.of(execution.getCurrentActivityId());
    Position place = Position.startOf(activity);
    RecordValue payload = new EvaluatedAsk(execution, place).fields((RecordValue) read.get("ask"));
    Sqls.of(CommandContextUtil.getCommandContext())
        .change(
            """
            INSERT INTO bpmn_outbox (id, tenant, instance, execution, activity, kind, payload)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            UUID.randomUUID(),
            execution.getTenantId(),
            ((ExecutionEntity) execution).getRootProcessInstanceId(),
            execution.getId(),
            activity,
            ((StringValue) read.get("kind")).value(),
            ValueJson.write(payload));
    TellNews.note(
        ((ExecutionEntity) execution).getRootProcessInstanceId(),
        "%s has asked for a %s%s"
            .formatted(activity, word(((StringValue) read.get("kind")).value()), of(payload)));
  }

  private static String word(String kind) {
    return kind.equals("decide") ? "decision" : kind;
  }

  private static String of(RecordValue payload) {
    for (String name : new String[] {"workflow", "tool", "decision"}) {
      if (payload.get(name) instanceof StringValue(String text)) {
        return " of " + text;
      }
    }
    return "";
  }

  @Override
  public void trigger(DelegateExecution execution, String signal, Object data) {
    Answer answer = (Answer) execution.getTransientVariable(ANSWER);
    execution.removeTransientVariable(ANSWER);
    switch (answer) {
      case Answer.Done(RecordValue results, String ignored) -> {
        keep(results, execution);
        leave(execution);
      }
      case Answer.Failed failed ->
          Catching.error(new BpmnError(failed.kind().name(), failed.message()), execution);
    }
  }

  private void keep(RecordValue results, DelegateExecution execution) {
    Map<String, Value> outputs = ((RecordValue) read().get("outputs")).fields();
    outputs.forEach((variable, name) ->
        execution.setVariable(variable, results.get(((StringValue) name).value())));
  }

  private RecordValue read() {
    try {
      return (RecordValue) ValueJson.read(work);
    } catch (InvalidJsonException e) {
      throw new IllegalStateException("deployed work cannot be read: " + e.getMessage(), e);
    }
  }
}
