package io.twinflow.engine.server.queue;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.postgres.Instance;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.queue.AdmitRuns;
import io.twinflow.engine.postgres.queue.NoteWaiting;
import io.twinflow.engine.postgres.queue.ShareSlots;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.executors.api.Executor;
import java.io.IOException;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what keeps the queue. */
@Configuration(proxyBeanMethods = false)
class QueueWiring {

  @Bean
  AdmitRuns admitRuns(
      DataSource database, Instance instance, Executor executor, ServerSettings settings)
      throws IOException {
    settings.limits().into(new Sql(database), instance.tenant());
    return new AdmitRuns(new Sql(database), instance.tenant(), executor.site());
  }

  @Bean
  ShareSlots shareSlots(DataSource database, Instance instance, Engine engine) {
    return new ShareSlots(new Sql(database), instance.tenant(), instance.number(), engine.turns());
  }

  @Bean
  NoteWaiting noteWaiting(DataSource database, Instance instance, Engine engine) {
    return new NoteWaiting(new Sql(database), instance.tenant(), instance.number(), engine.turns());
  }
}
