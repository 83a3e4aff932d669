package io.twinflow.engine.bpmn;

import org.flowable.common.engine.api.delegate.event.FlowableEngineEntityEvent;
import org.flowable.engine.delegate.event.AbstractFlowableEngineEventListener;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.job.api.Job;
import org.flowable.task.api.Task;

/** Tells what Flowable does by itself; called in its transaction. */
final class HearEvents extends AbstractFlowableEngineEventListener {

  @Override
  protected void processCompleted(FlowableEngineEntityEvent event) {
    ended(event);
  }

  @Override
  protected void processCompletedWithTerminateEnd(FlowableEngineEntityEvent event) {
    ended(event);
  }

  @Override
  protected void processCompletedWithErrorEnd(FlowableEngineEntityEvent event) {
    ended(event);
  }

  @Override
  protected void processCompletedWithEscalationEnd(FlowableEngineEntityEvent event) {
    ended(event);
  }

  /** Of a called process nothing is told here: no submission has its name. */
  private static void ended(FlowableEngineEntityEvent event) {
    TellNews.tell(event.getProcessInstanceId(), News.Kind.ENDED, News.ENGINE, "");
  }

  @Override
  protected void taskCreated(FlowableEngineEntityEvent event) {
    if (event.getEntity() instanceof Task task) {
      TellNews.note(
          root(event.getProcessInstanceId()),
          "%s waits for a person: %s"
              .formatted(DocumentId.of(task.getTaskDefinitionKey()), task.getName()));
    }
  }

  @Override
  protected void timerFired(FlowableEngineEntityEvent event) {
    if (event.getEntity() instanceof Job job && job.getElementId() != null) {
      TellNews.note(
          root(event.getProcessInstanceId()),
          "%s: its time has come".formatted(DocumentId.of(job.getElementId())));
    }
  }

  /** Nothing tries again what has no tries left. */
  @Override
  protected void jobRetriesDecremented(FlowableEngineEntityEvent event) {
    if (event.getEntity() instanceof Job job && job.getRetries() <= 0) {
      TellNews.note(
          root(StuckJobs.instance(job)),
          "%s is stuck: %s"
              .formatted(DocumentId.of(job.getElementId()), job.getExceptionMessage()));
    }
  }

  static String root(String instance) {
    ExecutionEntity execution = CommandContextUtil.getExecutionEntityManager().findById(instance);
    return execution == null ? instance : execution.getRootProcessInstanceId();
  }
}
