package io.twinflow.engine.server.api;

import io.twinflow.engine.bpmn.ProcessException;
import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.bpmn.TaskFilter;
import io.twinflow.engine.bpmn.UserTask;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.bpmn.FormField;
import io.twinflow.workflowdefs.bpmn.FormInputs;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who may see and do which tasks. A person is known by the subject of the token, which may be named
 * as assignee, as a candidate, or as a group of candidates. Who started a process sees all its
 * tasks; administrators see and do those of all. Nobody else can tell that there is a task.
 */
@Component
class PeoplesTasks {

  private final Processes processes;
  private final Runs runs;

  PeoplesTasks(Processes processes, Runs runs) {
    this.processes = processes;
    this.runs = runs;
  }

  /** Which are wanted, and in which order. */
  record Wanted(@Nullable String run, boolean overdue, TaskFilter.Order order) {}

  List<UserTask> page(Caller caller, Wanted wanted, @Nullable String after, int most)
      throws IOException, NoSuchRunException {
    String run = wanted.run();
    boolean all = caller.administrator();
    if (run != null) {
      runs.get(caller, run);
      all = true;
    }
    if (!processes.isUsed()) {
      return List.of();
    }
    return processes.tasks(
        caller.tenant(),
        new TaskFilter(
            all ? null : caller.subject(),
            groups(caller),
            run,
            wanted.overdue(),
            wanted.order(),
            after,
            most));
  }

  UserTask get(Caller caller, String id) throws IOException, NotThereException {
    return find(caller, id, caller.administrator());
  }

  List<FormField> form(Caller caller, UserTask task) throws IOException {
    return processes.form(caller.tenant(), task);
  }

  void claim(Caller caller, String id)
      throws IOException, NotThereException, ConflictException, ProcessException {
    mayDo(caller, id);
    processes.claim(caller.tenant(), id, caller.subject());
  }

  /** An administrator may take it from whoever has it. */
  void unclaim(Caller caller, String id)
      throws IOException, NotThereException, ConflictException, ProcessException {
    UserTask task = mayDo(caller, id);
    String assignee = task.assignee();
    processes.unclaim(
        caller.tenant(),
        id,
        caller.administrator() && assignee != null ? assignee : caller.subject());
  }

  void complete(Caller caller, String id, RecordValue values)
      throws IOException,
          NotThereException,
          ConflictException,
          ProcessException,
          InvalidDefinitionException {
    UserTask task = mayDo(caller, id);
    RecordValue filledIn =
        FormInputs.filledIn(task.activity(), processes.form(caller.tenant(), task), values);
    processes.complete(caller.tenant(), id, caller.subject(), filledIn);
  }

  private UserTask mayDo(Caller caller, String id)
      throws IOException, NotThereException, ConflictException {
    UserTask task = find(caller, id, caller.administrator());
    if (!caller.administrator() && !task.isFor(caller.subject(), groups(caller))) {
      throw new ConflictException(
          task.assignee() == null
              ? "the task %s is for others: %s".formatted(id, named(task))
              : "the task %s is with %s; who has it can give it back, and so can an administrator"
                  .formatted(id, task.assignee()));
    }
    return task;
  }

  private static String named(UserTask task) {
    return "users %s, groups %s".formatted(task.candidateUsers(), task.candidateGroups());
  }

  private UserTask find(Caller caller, String id, boolean all)
      throws IOException, NotThereException {
    if (processes.isUsed()) {
      for (UserTask task : processes.task(caller.tenant(), id).stream().toList()) {
        if (all || maySee(caller, task)) {
          return task;
        }
      }
    }
    throw new NotThereException(
        "there is no open task %s; it may have been completed before".formatted(id));
  }

  private static boolean maySee(Caller caller, UserTask task) {
    return task.owner().equals(caller.subject())
        || task.isFor(caller.subject(), groups(caller))
        || task.candidateUsers().contains(caller.subject())
        || task.candidateGroups().contains(caller.subject());
  }

  private static List<String> groups(Caller caller) {
    return List.of(caller.subject());
  }
}
