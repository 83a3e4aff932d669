package io.twinflow.engine.bpmn;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.engine.runtime.Execution;

/** Flowable as it comes, to compare with. Its tables are in the schema {@code public}. */
final class PlainFlowable implements AutoCloseable {

  private final HikariDataSource pool;
  private final ProcessEngine engine;

  PlainFlowable(DataSource database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    config.setMaximumPoolSize(BpmnSettings.STANDARD.connections());
    pool = new HikariDataSource(config);
    StandaloneProcessEngineConfiguration plain = new StandaloneProcessEngineConfiguration();
    plain.setEngineName("plain");
    plain.setDataSource(pool);
    plain.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    plain.setDisableIdmEngine(true);
    plain.setDisableEventRegistry(true);
    engine = plain.buildProcessEngine();
  }

  void deploy(byte[] document) {
    engine.getRepositoryService().createDeployment().addBytes("p.bpmn20.xml", document).deploy();
  }

  List<String> start(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> engine.getRuntimeService().startProcessInstanceByKey("p").getId())
        .toList();
  }

  /** Moves an instance on at all that waits there. */
  void trigger(String instance, String activity) {
    RuntimeService runtime = engine.getRuntimeService();
    for (Execution waiting :
        runtime.createExecutionQuery().processInstanceId(instance).activityId(activity).list()) {
      runtime.trigger(waiting.getId());
    }
  }

  boolean hasEnded(String instance) {
    return engine
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceId(instance)
            .count()
        == 0;
  }

  @Override
  public void close() {
    engine.close();
    pool.close();
  }
}
