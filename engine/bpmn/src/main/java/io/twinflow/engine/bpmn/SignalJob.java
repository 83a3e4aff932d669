package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.Map;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.job.service.JobHandler;
import org.flowable.job.service.JobService;
import org.flowable.job.service.impl.persistence.entity.JobEntity;
import org.flowable.variable.api.delegate.VariableScope;

/**
 * Gives a signal to one instance soon after, in a transaction of its own: what the instance cannot
 * do is no trouble of who gave the signal, nor are its locks. The job's scope is the instance, as a
 * job that belonged to it would hold a lock on it until who gave the signal commits.
 */
final class SignalJob implements JobHandler {

  static final String TYPE = "twinflow-signal";

  static void schedule(
      Listeners.Listener listener, String tenant, String name, RecordValue values) {
    JobService jobs =
        CommandContextUtil.getProcessEngineConfiguration()
            .getJobServiceConfiguration()
            .getJobService();
    JobEntity job = jobs.createJob();
    job.setJobHandlerType(TYPE);
    job.setTenantId(tenant);
    job.setScopeId(listener.instance());
    job.setElementId(listener.activity());
    job.setCustomValues(
        ValueJson.write(new RecordValue(Map.of("name", new StringValue(name), "values", values))));
    jobs.createAsyncJob(job, false);
    jobs.scheduleAsyncJob(job);
  }

  @Override
  public String getType() {
    return TYPE;
  }

  /** Whoever listens no more goes without it. */
  @Override
  public void execute(
      JobEntity job, String configuration, VariableScope scope, CommandContext context) {
    RecordValue signal = signal(job);
    Sqls sql = Sqls.of(context);
    LockInstance.lock(sql, job.getScopeId());
    Listeners.tell(
        sql,
        job.getScopeId(),
        ((StringValue) signal.get("name")).value(),
        (RecordValue) signal.get("values"));
  }

  private static RecordValue signal(JobEntity job) {
    try {
      return (RecordValue) ValueJson.read(job.getCustomValues());
    } catch (InvalidJsonException e) {
      throw new IllegalStateException("a kept signal cannot be read: " + e.getMessage(), e);
    }
  }
}
