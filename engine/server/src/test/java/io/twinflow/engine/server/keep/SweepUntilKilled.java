package io.twinflow.engine.server.keep;

import io.twinflow.engine.bpmn.BpmnSettings;
import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.postgres.Pool;
import io.twinflow.engine.server.boot.DataFolder;
import io.twinflow.engine.stores.folder.FolderStore;
import io.twinflow.engine.stores.near.NearCopies;
import io.twinflow.triggers.firing.ForgetEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** The sweep of a server, alone in a process that can be killed. */
final class SweepUntilKilled {

  private SweepUntilKilled() {}

  /**
   * @param args the data folder and the URL of the database
   */
  public static void main(String[] args) throws Exception {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(args[1]);
    sweep(Path.of(args[0]), Pool.of(database, "sweep", 2, Duration.ofSeconds(10)));
  }

  static void sweep(Path data, DataSource database) throws IOException {
    try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        DataFolder folder = DataFolder.hold(data, true)) {
      var beans = context.getBeanFactory();
      beans.registerSingleton("database", database);
      beans.registerSingleton("folder", folder);
      beans.registerSingleton("json", new JsonMapper());
      ArtifactStore store = new FolderStore(data.resolve("runs"), false);
      beans.registerSingleton("store", store);
      beans.registerSingleton("near", new NearCopies(store, data.resolve("near")));
      beans.registerSingleton("processes", new Processes(database, BpmnSettings.STANDARD));
      beans.registerSingleton("events", new ForgetEvents(database));
      context.register(
          Sweep.class,
          FindGarbage.class,
          FindReferences.class,
          Retention.class,
          StoreGarbage.class,
          StoreOwner.class);
      for (String part : new String[] {"Uploads", "DeleteRuns"}) {
        context.register(Class.forName("io.twinflow.engine.server.runs." + part));
      }
      context.refresh();
      context.getBean(Sweep.class).sweep(Duration.ZERO);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
