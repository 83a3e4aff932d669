package io.twinflow.engine.server.wes;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.engine.server.wes.WesModel.RunRequest;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what clients asked for, to show it with the run. */
@Component
class WesRequests {

  private final JdbcClient database;
  private final JsonMapper json;

  WesRequests(DataSource database, JsonMapper json) {
    this.database = JdbcClient.create(database);
    this.json = json;
  }

  void keep(Caller caller, RunId run, RunRequest request) {
    database
        .sql("INSERT INTO wes_request (tenant, run, request) VALUES (?, ?, ?::jsonb)")
        .params(caller.tenant(), run.value(), json.writeValueAsString(request))
        .update();
  }

  /**
   * Empty for a run that another interface started. The caller was already found to see the run.
   */
  Optional<RunRequest> find(RunId run) {
    return database
        .sql("SELECT request::text FROM wes_request WHERE run = ?")
        .param(run.value())
        .query(String.class)
        .optional()
        .map(text -> json.readValue(text, RunRequest.class));
  }
}
