package io.twinflow.engine.bpmn;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.common.engine.impl.db.DbSqlSession;
import org.flowable.common.engine.impl.db.DbSqlSessionFactory;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.common.engine.impl.persistence.cache.EntityCache;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** A started Flowable, with its tables in a schema of their own. */
record Flowable(HikariDataSource pool, ProcessEngine engine) implements AutoCloseable {

  static final String SCHEMA = "bpmn";

  /** Servers that start at the same time make the tables one after the other. */
  private static final long LOCK = 0x7477696e_62706d6eL;

  private static final int JOB_LOCK_MILLIS = 60_000;
  private static final int LOOK_FOR_LOST_JOBS_MILLIS = 30_000;
  private static final int SHUTDOWN_SECONDS = 10;

  /**
   * Makes or migrates the tables, and starts the threads that timers need.
   *
   * @param database without a pool: connections keep the schema they are given
   * @param bell rung when there is news to tell
   */
  static Flowable start(DataSource database, BpmnSettings settings, Runnable bell)
      throws IOException {
    return new Sql(database)
        .with(connection -> {
          Sql.run(connection, "SELECT pg_advisory_lock(?)", LOCK);
          try {
            migrate(database);
            return started(database, settings, bell);
          } finally {
            Sql.run(connection, "SELECT pg_advisory_unlock(?)", LOCK);
          }
        });
  }

  private static void migrate(DataSource database) throws IOException {
    try {
      Flyway.configure()
          .dataSource(database)
          .schemas(SCHEMA)
          .locations("classpath:db/bpmn")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new IOException("the tables of processes: " + e.getMessage(), e);
    }
  }

  private static Flowable started(DataSource database, BpmnSettings settings, Runnable bell) {
    HikariDataSource pool = pool(database, settings);
    try {
      return new Flowable(pool, configured(pool, settings, bell).buildProcessEngine());
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private static HikariDataSource pool(DataSource database, BpmnSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    config.setSchema(SCHEMA);
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(1);
    config.setPoolName(SCHEMA);
    return new HikariDataSource(config);
  }

  private static ProcessEngineConfiguration configured(
      DataSource pool, BpmnSettings settings, Runnable bell) {
    StandaloneProcessEngineConfiguration config = new Configuration(bell);
    config.setEngineName(SCHEMA + "-" + UUID.randomUUID());
    config.setDataSource(pool);
    config.setDatabaseType("postgres");
    config.setDatabaseSchema(SCHEMA);
    config.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    config.setIdGenerator(() -> UUID.randomUUID().toString());
    // Who confirmed what, and when, must be known later; single changes of variables need not.
    config.setHistoryLevel(HistoryLevel.AUDIT);
    config.setDisableIdmEngine(true);
    config.setDisableEventRegistry(true);
    config.setEnableSafeBpmnXml(true);
    config.setExpressionManager(new PlainExpressions());
    config.setActivityBehaviorFactory(new Behaviours());
    config.setCustomDefaultBpmnParseHandlers(List.of(new ParseServiceTask()));
    config.addCustomJobHandler(new SignalJob());
    config.setEventListeners(List.of(new HearEvents()));
    config.setCustomPreVariableTypes(List.of(new ValueType()));
    // Answers to one instance come one after the other, so leaving needs no job of its own.
    config.setParallelMultiInstanceAsyncLeave(false);
    jobs(config, settings);
    return config;
  }

  /** Makes the sessions of {@link WholeSession}. */
  private static final class Configuration extends StandaloneProcessEngineConfiguration {

    private final Runnable bell;

    Configuration(Runnable bell) {
      this.bell = bell;
    }

    @Override
    public DbSqlSessionFactory createDbSqlSessionFactory() {
      return new DbSqlSessionFactory(usePrefixId) {
        @Override
        protected DbSqlSession createDbSqlSession() {
          return new WholeSession(
              this, Context.getCommandContext().getSession(EntityCache.class), bell);
        }
      };
    }
  }

  /** Jobs are short transactions of ours: timers and signals. What takes long is in the outbox. */
  private static void jobs(StandaloneProcessEngineConfiguration config, BpmnSettings settings) {
    int look = Math.toIntExact(settings.look().toMillis());
    config.setAsyncExecutorActivate(true);
    config.setAsyncExecutorCorePoolSize(settings.threads());
    config.setAsyncExecutorMaxPoolSize(settings.threads());
    config.setAsyncExecutorDefaultTimerJobAcquireWaitTime(look);
    config.setAsyncExecutorDefaultAsyncJobAcquireWaitTime(look);
    config.setAsyncExecutorTimerLockTimeInMillis(JOB_LOCK_MILLIS);
    config.setAsyncExecutorAsyncJobLockTimeInMillis(JOB_LOCK_MILLIS);
    config.setAsyncExecutorResetExpiredJobsInterval(LOOK_FOR_LOST_JOBS_MILLIS);
    config.setAsyncFailedJobWaitTime(settings.patience());
    config.setDefaultFailedJobWaitTime(settings.patience());
    config.setAsyncExecutorSecondsToWaitOnShutdown(SHUTDOWN_SECONDS);
  }

  /** All of it in one transaction, with Flowable's own statements. */
  <T> T inTransaction(Command<T> work) {
    return engine.getManagementService().executeCommand(work);
  }

  @Override
  public void close() {
    engine.close();
    pool.close();
  }
}
