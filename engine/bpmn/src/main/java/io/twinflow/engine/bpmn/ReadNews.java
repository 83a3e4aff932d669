package io.twinflow.engine.bpmn;

import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.util.List;

/** What happened and was not told yet. */
record ReadNews(Sql sql) {

  List<News> next(int most) throws IOException {
    return sql.list(
        "SELECT instance, number, kind, actor, detail, at FROM news ORDER BY instance, number LIMIT ?",
        row ->
            new News(
                row.getString(1),
                row.getLong(2),
                News.Kind.valueOf(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getTimestamp(6).toInstant()),
        most);
  }

  void told(String instance, long number) throws IOException {
    sql.change("DELETE FROM news WHERE instance = ? AND number <= ?", instance, number);
  }
}
