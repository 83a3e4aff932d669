package io.twinflow.engine.bpmn;

import io.twinflow.engine.bpmn.ProcessException.Reason;
import io.twinflow.workflowdefs.value.RecordValue;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.flowable.engine.TaskService;
import org.flowable.task.api.Task;
import org.flowable.task.api.TaskQuery;
import org.jspecify.annotations.Nullable;

/** The work of people. */
record OpenTasks(Flowable flowable) {

  List<UserTask> list(String tenant, TaskFilter filter) {
    TaskQuery query = service().createTaskQuery().taskTenantId(tenant);
    if (filter.instance() != null) {
      query.processInstanceId(filter.instance());
    }
    if (filter.user() != null) {
      query.or().taskAssignee(filter.user()).taskCandidateUser(filter.user());
      if (!filter.groups().isEmpty()) {
        query.taskCandidateGroupIn(filter.groups());
      }
      query.endOr();
    }
    return query.orderByTaskCreateTime().asc().listPage(0, filter.most()).stream()
        .map(OpenTasks::read)
        .toList();
  }

  UserTask claim(String tenant, String task, String user) throws ProcessException {
    return change(
        tenant,
        task,
        user,
        found -> {
          if (found.getAssignee() == null) {
            service().claim(task, user);
          }
        });
  }

  UserTask complete(String tenant, String task, String user, RecordValue values)
      throws ProcessException {
    return change(
        tenant, task, user, found -> service().complete(task, user, Variables.of(values)));
  }

  /** What is done with a task that was found and is nobody else's. */
  private interface Change {
    void make(Task task);
  }

  /** The task as it was before. */
  private UserTask change(String tenant, String task, String user, Change change)
      throws ProcessException {
    UserTask before =
        Again.orRefuse(() ->
                flowable.inTransaction(context -> {
                  lockInstanceOf(Sqls.of(context), task);
                  Task found =
                      service().createTaskQuery().taskId(task).taskTenantId(tenant).singleResult();
                  if (found == null) {
                    return Optional.<UserTask>empty();
                  }
                  UserTask read = read(found);
                  if (isFor(user, read)) {
                    change.make(found);
                  }
                  return Optional.of(read);
                }))
            .orElseThrow(() ->
                new ProcessException(
                    Reason.UNKNOWN,
                    "there is no open task %s; it may have been completed before".formatted(task)));
    if (!isFor(user, before)) {
      throw new ProcessException(
          Reason.CONFLICT, "somebody else has claimed the task %s".formatted(task));
    }
    return before;
  }

  private static boolean isFor(String user, UserTask task) {
    return task.assignee() == null || task.assignee().equals(user);
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

  private static UserTask read(Task task) {
    return new UserTask(
        task.getId(),
        task.getProcessInstanceId(),
        task.getProcessDefinitionId().substring(0, task.getProcessDefinitionId().indexOf(':')),
        task.getTaskDefinitionKey(),
        task.getName(),
        task.getAssignee(),
        task.getCreateTime().toInstant(),
        instant(task.getDueDate()));
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }
}
