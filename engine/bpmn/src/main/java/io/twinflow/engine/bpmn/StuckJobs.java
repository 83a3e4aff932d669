package io.twinflow.engine.bpmn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.flowable.engine.ManagementService;
import org.flowable.engine.runtime.Execution;
import org.flowable.engine.runtime.ExecutionQuery;
import org.flowable.job.api.DeadLetterJobQuery;
import org.flowable.job.api.Job;

/** Jobs that Flowable has given up. */
record StuckJobs(Flowable flowable) {

  private static final int TRIES = 3;

  List<Stuck> list(String tenant) {
    return query(tenant).listPage(0, 1_000).stream().flatMap(job -> stuck(job).stream()).toList();
  }

  /**
   * @return whether there were any
   */
  boolean retry(String tenant, String instance) {
    List<Job> stuck = of(tenant, instance);
    stuck.forEach(job -> service().moveDeadLetterJobToExecutableJob(job.getId(), TRIES));
    return !stuck.isEmpty();
  }

  /** Nobody can retry what an instance that is gone was stuck at. */
  void forget(String tenant, String instance) {
    for (Job job : of(tenant, instance)) {
      service().deleteDeadLetterJob(job.getId());
    }
  }

  /** Those of the processes that it has called, too. */
  private List<Job> of(String tenant, String instance) {
    List<Job> all = new ArrayList<>(query(tenant).scopeId(instance).list());
    for (Execution each :
        executions().rootProcessInstanceId(instance).onlyProcessInstanceExecutions().list()) {
      all.addAll(query(tenant).processInstanceId(each.getId()).list());
    }
    return all;
  }

  private DeadLetterJobQuery query(String tenant) {
    return service().createDeadLetterJobQuery().jobTenantId(tenant);
  }

  private ExecutionQuery executions() {
    return flowable.engine().getRuntimeService().createExecutionQuery();
  }

  /** Named as people know it: by what it was called from. Empty if it is gone. */
  private Optional<Stuck> stuck(Job job) {
    return Optional.ofNullable(executions().executionId(instance(job)).singleResult())
        .map(execution ->
            new Stuck(
                execution.getRootProcessInstanceId(),
                DocumentId.of(Objects.requireNonNullElse(job.getElementId(), "")),
                Objects.requireNonNullElse(job.getExceptionMessage(), "")));
  }

  /** Where it is; a signal's job belongs to none, and has it as its scope. */
  static String instance(Job job) {
    return job.getProcessInstanceId() == null ? job.getScopeId() : job.getProcessInstanceId();
  }

  private ManagementService service() {
    return flowable.engine().getManagementService();
  }
}
