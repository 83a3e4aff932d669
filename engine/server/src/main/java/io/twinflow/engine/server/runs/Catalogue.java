package io.twinflow.engine.server.runs;

import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Workflows that are kept for later runs: each content once per person. */
@Component
public final class Catalogue {

  private static final String COLUMNS =
      "SELECT id, subject, name, kind, version, created FROM workflow WHERE tenant = ?";
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 16;

  private final JdbcClient database;
  private final Uploads uploads;
  private final SecureRandom random = new SecureRandom();

  Catalogue(DataSource database, Uploads uploads) {
    this.database = JdbcClient.create(database);
    this.uploads = uploads;
  }

  /**
   * Keeps a workflow with the folder that it was loaded from.
   *
   * @param name null for the one it gives itself
   * @return what is kept; the one from before if the same person has kept this content
   */
  public KeptWorkflow keep(
      Caller caller, NewWorkflow workflow, Path folder, @Nullable String name) {
    String id = newId();
    uploads.hold(folder, Set.of());
    int made =
        database
            .sql(
                """
                INSERT INTO workflow (id, tenant, subject, name, kind, version, folder, pinned)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .params(
                id,
                caller.tenant(),
                caller.subject(),
                name == null ? workflow.name() : name,
                workflow.kind().text(),
                workflow.version(),
                Uploads.name(folder),
                workflow.pinned())
            .update();
    if (made == 0) {
      uploads.discard(folder);
    } else {
      uploads.give(folder, id);
    }
    return database
        .sql(COLUMNS + " AND subject = ? AND version = ?")
        .params(caller.tenant(), caller.subject(), workflow.version())
        .query(Catalogue::row)
        .single();
  }

  /**
   * @param after the last one of the page before
   */
  public List<KeptWorkflow> page(
      Caller caller, @Nullable String name, @Nullable String after, int most) {
    StringBuilder sql = new StringBuilder(COLUMNS);
    List<Object> parameters = new ArrayList<>(List.of(caller.tenant()));
    ownOnly(caller, sql, parameters);
    if (name != null) {
      sql.append(" AND name = ?");
      parameters.add(name);
    }
    if (after != null) {
      sql.append(" AND (created, id) < (SELECT created, id FROM workflow WHERE id = ?)");
      parameters.add(after);
    }
    sql.append(" ORDER BY created DESC, id DESC LIMIT ?");
    parameters.add(most);
    return database.sql(sql.toString()).params(parameters).query(Catalogue::row).list();
  }

  /**
   * @param reference an id, a version, or a name, which stands for the newest that has it; one's
   *     own come before those of others
   */
  public Optional<KeptWorkflow> find(Caller caller, String reference) {
    StringBuilder sql =
        new StringBuilder(COLUMNS).append(" AND (id = ? OR version = ? OR name = ?)");
    List<Object> parameters =
        new ArrayList<>(List.of(caller.tenant(), reference, reference, reference));
    ownOnly(caller, sql, parameters);
    sql.append(" ORDER BY id = ? DESC, subject = ? DESC, created DESC, id DESC LIMIT 1");
    parameters.add(reference);
    parameters.add(caller.subject());
    return database.sql(sql.toString()).params(parameters).query(Catalogue::row).optional();
  }

  /** As it was pinned: {@link NewWorkflow#pinned}. */
  public String pinned(KeptWorkflow workflow) {
    return database
        .sql("SELECT pinned FROM workflow WHERE id = ?")
        .param(workflow.id())
        .query(String.class)
        .single();
  }

  /**
   * Ready to be submitted.
   *
   * @throws InvalidDefinitionException if there are no runs of it, or it cannot be read any more
   */
  public Submission.Definition.Loaded load(KeptWorkflow workflow)
      throws InvalidDefinitionException {
    String pinned = pinned(workflow);
    return switch (workflow.kind()) {
      case CWL ->
          new Submission.Definition.Known(
              workflow.name(), CwlLoader.loadPinned(pinned), uploads.of(workflow.id()));
      case BPMN ->
          new Submission.Definition.Bpmn(
              workflow.name(),
              ServedProcess.kept(workflow.name(), pinned),
              uploads.of(workflow.id()));
      case DMN -> throw ServedDecision.notRun(workflow.name());
    };
  }

  /** Runs that were made of it stay as they are. */
  public void delete(KeptWorkflow workflow) {
    database.sql("DELETE FROM workflow WHERE id = ?").param(workflow.id()).update();
    uploads.release(workflow.id());
  }

  private static void ownOnly(Caller caller, StringBuilder sql, List<Object> parameters) {
    if (!caller.administrator()) {
      sql.append(" AND subject = ?");
      parameters.add(caller.subject());
    }
  }

  private static KeptWorkflow row(ResultSet row, int number) throws SQLException {
    return new KeptWorkflow(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        Kind.of(row.getString(4)),
        row.getString(5),
        row.getTimestamp(6).toInstant());
  }

  private String newId() {
    StringBuilder id = new StringBuilder("wf-");
    for (int i = 0; i < LENGTH; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
