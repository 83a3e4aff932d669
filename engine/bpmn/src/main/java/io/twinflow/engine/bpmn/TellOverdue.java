package io.twinflow.engine.bpmn;

import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.util.List;

/** Tells of each task once that it is overdue. */
record TellOverdue(Flowable flowable) {

  /** Those of which it was not told, the longest overdue first. */
  List<Overdue> next(int most) throws IOException {
    return new Sql(flowable.pool())
        .list(
            """
            SELECT t.id_, e.root_proc_inst_id_, t.task_def_key_, t.due_date_ FROM act_ru_task t
            JOIN act_ru_execution e ON e.id_ = t.proc_inst_id_
            WHERE t.due_date_ <= localtimestamp
              AND NOT EXISTS (SELECT FROM overdue o WHERE o.task = t.id_)
            ORDER BY t.due_date_, t.id_ LIMIT ?
            """,
            row ->
                new Overdue(
                    row.getString(1),
                    row.getString(2),
                    DocumentId.of(row.getString(3)),
                    row.getTimestamp(4).toInstant()),
            most);
  }

  /** One that was completed meanwhile is not told of. */
  String tell(Overdue task) {
    return Again.ifOvertaken(() ->
        flowable.inTransaction(context -> {
          Sqls sql = Sqls.of(context);
          LockInstance.lock(sql, task.instance());
          int first =
              sql.change(
                  """
                  INSERT INTO overdue (task, instance)
                  SELECT id_, ? FROM act_ru_task WHERE id_ = ? ON CONFLICT DO NOTHING
                  """,
                  task.instance(),
                  task.task());
          if (first > 0) {
            TellNews.note(
                task.instance(),
                "%s is overdue: it was to be done by %s".formatted(task.activity(), task.due()));
          }
          return task.task();
        }));
  }
}
