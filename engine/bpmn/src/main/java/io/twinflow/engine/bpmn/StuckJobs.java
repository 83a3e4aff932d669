package io.twinflow.engine.bpmn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.flowable.engine.ManagementService;
import org.flowable.job.api.DeadLetterJobQuery;
import org.flowable.job.api.Job;

/** Jobs that Flowable has given up. */
record StuckJobs(Flowable flowable) {

  private static final int TRIES = 3;

  List<Stuck> list(String tenant) {
    return query(tenant).listPage(0, 1_000).stream()
        .map(StuckJobs::stuck)
        .filter(stuck -> isRunning(stuck.instance()))
        .toList();
  }

  void retry(String tenant, String instance) {
    for (Job job : of(tenant, instance)) {
      service().moveDeadLetterJobToExecutableJob(job.getId(), TRIES);
    }
  }

  /** Nobody can retry what an instance that is gone was stuck at. */
  void forget(String tenant, String instance) {
    for (Job job : of(tenant, instance)) {
      service().deleteDeadLetterJob(job.getId());
    }
  }

  private List<Job> of(String tenant, String instance) {
    List<Job> all = new ArrayList<>(query(tenant).processInstanceId(instance).list());
    all.addAll(query(tenant).scopeId(instance).list());
    return all;
  }

  private DeadLetterJobQuery query(String tenant) {
    return service().createDeadLetterJobQuery().jobTenantId(tenant);
  }

  private boolean isRunning(String instance) {
    return flowable
            .engine()
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceId(instance)
            .count()
        > 0;
  }

  private static Stuck stuck(Job job) {
    return new Stuck(
        job.getProcessInstanceId() == null ? job.getScopeId() : job.getProcessInstanceId(),
        DocumentId.of(Objects.requireNonNullElse(job.getElementId(), "")),
        Objects.requireNonNullElse(job.getExceptionMessage(), ""));
  }

  private ManagementService service() {
    return flowable.engine().getManagementService();
  }
}
