package io.twinflow.engine.server.ogc;

import io.twinflow.engine.server.security.Caller;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The processes of a tenant; whoever may call sees all of them. */
@Component
class ProcessStore {

  private static final String COLUMNS =
      "SELECT id, subject, version, pinned, description::text, mutable, package_type, package"
          + " FROM process WHERE tenant = ?";

  private final JdbcClient database;
  private final JsonMapper json;

  ProcessStore(DataSource database, JsonMapper json) {
    this.database = JdbcClient.create(database);
    this.json = json;
  }

  /** False if there is one with this id. */
  boolean add(Caller caller, StoredProcess process) {
    try {
      database
          .sql(
              """
              INSERT INTO process (tenant, id, subject, version, pinned, description, mutable,
                  package_type, package)
              VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
              """)
          .params(
              caller.tenant(),
              process.id(),
              process.subject(),
              process.version(),
              process.pinned(),
              process.description().toString(),
              process.mutable(),
              process.packageType(),
              process.content().getBytes(StandardCharsets.UTF_8))
          .update();
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  void replace(Caller caller, StoredProcess process) {
    database
        .sql(
            """
            UPDATE process SET version = ?, pinned = ?, description = ?::jsonb, mutable = ?,
                package_type = ?, package = ?, replaced = now()
            WHERE tenant = ? AND id = ?
            """)
        .params(
            process.version(),
            process.pinned(),
            process.description().toString(),
            process.mutable(),
            process.packageType(),
            process.content().getBytes(StandardCharsets.UTF_8),
            caller.tenant(),
            process.id())
        .update();
  }

  void remove(Caller caller, String id) {
    database
        .sql("DELETE FROM process WHERE tenant = ? AND id = ?")
        .params(caller.tenant(), id)
        .update();
  }

  Optional<StoredProcess> find(Caller caller, String id) {
    return database
        .sql(COLUMNS + " AND id = ?")
        .params(caller.tenant(), id)
        .query(this::row)
        .optional();
  }

  /** In the order of their ids. */
  List<StoredProcess> page(Caller caller, @Nullable String after, int most) {
    return database
        .sql(COLUMNS + " AND id > ? ORDER BY id LIMIT ?")
        .params(caller.tenant(), after == null ? "" : after, most)
        .query(this::row)
        .list();
  }

  private StoredProcess row(ResultSet row, int number) throws SQLException {
    return new StoredProcess(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        json.readTree(row.getString(5)),
        row.getBoolean(6),
        row.getString(7),
        new String(row.getBytes(8), StandardCharsets.UTF_8));
  }
}
