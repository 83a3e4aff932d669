package io.twinflow.engine.bpmn;

import java.util.Map;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.jobexecutor.ProcessEventJobHandler;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.engine.impl.util.JobUtil;
import org.flowable.eventsubscription.service.impl.persistence.entity.EventSubscriptionEntity;
import org.flowable.job.service.JobService;
import org.flowable.job.service.impl.persistence.entity.JobEntity;

/**
 * Lets a process that listens for a signal go on soon after, in a transaction of its own: what it
 * cannot do is no trouble of who gave the signal. Flowable would do so by a job that belongs to no
 * instance; nobody could say what is stuck then, and it would outlive its instance.
 */
final class SignalJob {

  private SignalJob() {}

  /** Does nothing if the process has gone on otherwise by then, but for the variables. */
  static void schedule(EventSubscriptionEntity subscription, Map<String, Object> variables) {
    ProcessEngineConfigurationImpl flowable = CommandContextUtil.getProcessEngineConfiguration();
    ExecutionEntity execution =
        CommandContextUtil.getExecutionEntityManager().findById(subscription.getExecutionId());
    execution.setVariables(variables);
    JobEntity job = JobUtil.createJob(execution, ProcessEventJobHandler.TYPE, flowable);
    job.setJobHandlerConfiguration(subscription.getId());
    JobService jobs = flowable.getJobServiceConfiguration().getJobService();
    jobs.createAsyncJob(job, true);
    jobs.scheduleAsyncJob(job);
  }
}
