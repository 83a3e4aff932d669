package io.twinflow.engine.bpmn;

import io.twinflow.engine.bpmn.ProcessException.Reason;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.Optional;
import org.flowable.engine.TaskService;
import org.flowable.task.api.Task;

/** What people do with their tasks. */
record OpenTasks(Flowable flowable) {

  String claim(String tenant, String task, String user) throws ProcessException {
    return change(
        tenant,
        task,
        user,
        found -> {
          if (found.getAssignee() == null) {
            service().claim(task, user);
            note(found, user, "%s has claimed %s");
          }
        });
  }

  String unclaim(String tenant, String task, String user) throws ProcessException {
    return change(
        tenant,
        task,
        user,
        found -> {
          if (found.getAssignee() != null) {
            service().unclaim(task);
            note(found, user, "%s has given back %s");
          }
        });
  }

  String complete(String tenant, String task, String user, RecordValue values)
      throws ProcessException {
    return change(
        tenant,
        task,
        user,
        found -> {
          note(found, user, "%s has completed %s");
          if (found.getAssignee() == null) {
            // So that it is known later whose it was.
            service().claim(task, user);
          }
          service().complete(task, user, Variables.of(values));
        });
  }

  private static void note(Task task, String user, String said) {
    TellNews.tell(
        HearEvents.root(task.getProcessInstanceId()),
        News.Kind.NOTE,
        user,
        said.formatted(user, DocumentId.of(task.getTaskDefinitionKey())));
  }

  /** What is done with a task that was found and is nobody else's. */
  private interface Change {
    void make(Task task);
  }

  private String change(String tenant, String task, String user, Change change)
      throws ProcessException {
    boolean isTheirs =
        Again.orRefuse(() ->
                flowable.inTransaction(context -> {
                  lockInstanceOf(Sqls.of(context), task);
                  Task found =
                      service().createTaskQuery().taskId(task).taskTenantId(tenant).singleResult();
                  if (found == null) {
                    return Optional.<Boolean>empty();
                  }
                  boolean isFor = found.getAssignee() == null || found.getAssignee().equals(user);
                  if (isFor) {
                    change.make(found);
                  }
                  return Optional.of(isFor);
                }))
            .orElseThrow(() -> gone(task));
    if (!isTheirs) {
      throw new ProcessException(
          Reason.CONFLICT, "somebody else has claimed the task %s".formatted(task));
    }
    return task;
  }

  static ProcessException gone(String task) {
    return new ProcessException(
        Reason.UNKNOWN,
        "there is no open task %s; it may have been completed before".formatted(task));
  }

  private static void lockInstanceOf(Sqls sql, String task) {
    sql.first(
            """
            SELECT e.root_proc_inst_id_ FROM act_ru_task t
            JOIN act_ru_execution e ON e.id_ = t.proc_inst_id_ WHERE t.id_ = ?
            """,
            row -> row.getString(1),
            task)
        .ifPresent(instance -> LockInstance.lock(sql, instance));
  }

  private TaskService service() {
    return flowable.engine().getTaskService();
  }
}
