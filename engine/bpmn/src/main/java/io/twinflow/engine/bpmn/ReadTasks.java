package io.twinflow.engine.bpmn;

import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Open tasks with the instance that people know and with all who may claim them: with one
 * statement, where Flowable's queries need several for each task.
 */
record ReadTasks(Sql sql) {

  private static final String TASKS =
      """
      SELECT * FROM (
        SELECT t.id_, e.root_proc_inst_id_, coalesce(s.subject, '') AS owner, p.resource_name_,
          p.key_, t.task_def_key_, t.name_, t.assignee_, t.create_time_, t.due_date_,
          ARRAY(SELECT l.user_id_ FROM act_ru_identitylink l
            WHERE l.task_id_ = t.id_ AND l.type_ = 'candidate' AND l.user_id_ IS NOT NULL) AS users,
          ARRAY(SELECT l.group_id_ FROM act_ru_identitylink l
            WHERE l.task_id_ = t.id_ AND l.type_ = 'candidate' AND l.group_id_ IS NOT NULL) AS groups
        FROM act_ru_task t
        JOIN act_ru_execution e ON e.id_ = t.proc_inst_id_
        JOIN act_re_procdef p ON p.id_ = t.proc_def_id_
        LEFT JOIN submission s ON s.instance = e.root_proc_inst_id_
        WHERE t.tenant_id_ = ?) AS task WHERE true
      """;

  private static final String IS_FOR =
      """
       AND CASE WHEN assignee_ IS NOT NULL THEN assignee_ = ?
         WHEN users = '{}' AND groups = '{}' THEN owner = ?
         ELSE ?::text = ANY (users::text[]) OR groups::text[] && ?::text[] END
      """;

  List<UserTask> list(String tenant, TaskFilter filter) throws IOException {
    StringBuilder query = new StringBuilder(TASKS);
    List<@Nullable Object> parameters = new ArrayList<>(List.of(tenant));
    if (filter.instance() != null) {
      query.append(" AND root_proc_inst_id_ = ?");
      parameters.add(filter.instance());
    }
    String user = filter.user();
    if (user != null) {
      query.append(IS_FOR);
      parameters.addAll(List.of(user, user, user, filter.groups().toArray(String[]::new)));
    }
    if (filter.overdue()) {
      query.append(" AND due_date_ <= localtimestamp");
    }
    String order = filter.order().column() + ", id_";
    if (filter.after() != null) {
      query.append(
          " AND (%s) > (SELECT %s FROM act_ru_task WHERE id_ = ?)".formatted(order, order));
      parameters.add(filter.after());
    }
    query.append(" ORDER BY %s LIMIT ?".formatted(order));
    parameters.add(filter.most());
    return sql.list(query.toString(), ReadTasks::task, parameters.toArray());
  }

  Optional<UserTask> find(String tenant, String task) throws IOException {
    return sql.list(TASKS + " AND id_ = ?", ReadTasks::task, tenant, task).stream().findFirst();
  }

  private static UserTask task(ResultSet row) throws SQLException {
    Timestamp due = row.getTimestamp("due_date_");
    String resource = row.getString("resource_name_");
    return new UserTask(
        row.getString("id_"),
        row.getString("root_proc_inst_id_"),
        row.getString("owner"),
        resource.substring(0, resource.indexOf('.')),
        row.getString("key_"),
        DocumentId.of(row.getString("task_def_key_")),
        row.getString("name_"),
        row.getString("assignee_"),
        texts(row.getArray("users")),
        texts(row.getArray("groups")),
        row.getTimestamp("create_time_").toInstant(),
        due == null ? null : due.toInstant());
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
