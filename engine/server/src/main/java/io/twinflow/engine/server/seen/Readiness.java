package io.twinflow.engine.server.seen;

import io.twinflow.engine.postgres.Instance;
import io.twinflow.engine.server.boot.DataFolder;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.SiteException;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** Whether this server can take a run now and carry it to its end. */
@Component
final class Readiness {

  private static final long LEAST_FREE_BYTES = 256L << 20;
  private static final int ANSWER_SECONDS = 3;
  private static final String UP = "up";

  private final DataSource database;
  private final DataFolder folder;
  private final Instance instance;
  private final Executor executor;

  Readiness(DataSource database, DataFolder folder, Instance instance, Executor executor) {
    this.database = database;
    this.folder = folder;
    this.instance = instance;
    this.executor = executor;
  }

  /** What a run needs, each {@code up} or what is wrong with it in a few words for anybody. */
  Map<String, String> checks() {
    Map<String, String> checks = new LinkedHashMap<>();
    checks.put("database", database());
    checks.put("disk", disk());
    checks.put("lease", instance.isAlive() ? UP : "no heartbeat has come through in time");
    checks.put("executor", executor());
    return checks;
  }

  static boolean isReady(Map<String, String> checks) {
    return checks.values().stream().allMatch(UP::equals);
  }

  private String database() {
    try (Connection connection = database.getConnection()) {
      return connection.isValid(ANSWER_SECONDS) ? UP : "it does not answer";
    } catch (SQLException e) {
      return "it does not answer";
    }
  }

  private String disk() {
    try {
      long free = Files.getFileStore(folder.folder()).getUsableSpace();
      if (!Files.isWritable(folder.folder())) {
        return "the data folder cannot be written to";
      }
      return free < LEAST_FREE_BYTES ? "only %d MiB are free".formatted(free >> 20) : UP;
    } catch (IOException e) {
      return "the data folder cannot be read";
    }
  }

  /** A question about nothing: a site that cannot be reached says so. */
  private String executor() {
    try {
      executor.cancel(List.of());
      return UP;
    } catch (SiteException e) {
      return "the site %s does not answer".formatted(executor.site());
    }
  }
}
