package io.twinflow.engine.bpmn;

import java.util.List;
import java.util.Objects;
import org.flowable.engine.ManagementService;
import org.flowable.job.api.Job;

/** Jobs that Flowable has given up. */
record StuckJobs(Flowable flowable) {

  private static final int TRIES = 3;

  List<Stuck> list(String tenant) {
    return service().createDeadLetterJobQuery().jobTenantId(tenant).listPage(0, 1_000).stream()
        .map(StuckJobs::stuck)
        .toList();
  }

  void retry(String tenant, String instance) {
    for (Job job :
        service()
            .createDeadLetterJobQuery()
            .jobTenantId(tenant)
            .processInstanceId(instance)
            .list()) {
      service().moveDeadLetterJobToExecutableJob(job.getId(), TRIES);
    }
  }

  private static Stuck stuck(Job job) {
    return new Stuck(
        Objects.requireNonNullElse(job.getProcessInstanceId(), ""),
        DocumentId.of(Objects.requireNonNullElse(job.getElementId(), "")),
        Objects.requireNonNullElse(job.getExceptionMessage(), ""));
  }

  private ManagementService service() {
    return flowable.engine().getManagementService();
  }
}
