package io.twinflow.engine.server.wes;

import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.views.TaskJson;
import io.twinflow.engine.server.views.TaskTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** The tasks of runs, from the view of them; of a run that has ended, all of them. */
@Component
class WesTasks {

  private static final int AT_ONCE = 1_000;

  private final TaskTable tasks;

  WesTasks(TaskTable tasks) {
    this.tasks = tasks;
  }

  /**
   * @param state in lower case; null for all
   * @param after the last task of the page before; 0 for the first page
   */
  List<TaskJson> page(RunRow run, @Nullable String state, long after, int most) {
    tasks.settle(run);
    return tasks.page(run.id(), null, state, after, most);
  }

  TaskJson get(RunRow run, String number) {
    tasks.settle(run);
    Optional<TaskJson> found =
        number.matches("[1-9][0-9]{0,17}")
            ? tasks.find(run.id(), Long.parseLong(number))
            : Optional.empty();
    return found.orElseThrow(() ->
        new ResponseStatusException(
            HttpStatus.NOT_FOUND, "there is no task %s in run %s".formatted(number, run.id())));
  }

  /** In the order they were made, however many there are. */
  void each(RunRow run, Consumer<TaskJson> to) {
    tasks.settle(run);
    List<TaskJson> page = tasks.page(run.id(), null, null, 0, AT_ONCE);
    while (!page.isEmpty()) {
      page.forEach(to);
      page = tasks.page(run.id(), null, null, page.getLast().task(), AT_ONCE);
    }
  }
}
