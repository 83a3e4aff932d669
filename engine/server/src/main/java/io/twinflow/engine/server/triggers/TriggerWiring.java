package io.twinflow.engine.server.triggers;

import io.twinflow.engine.postgres.Instance;
import io.twinflow.triggers.firing.Decider;
import io.twinflow.triggers.firing.Firings;
import io.twinflow.triggers.firing.ForgetEvents;
import io.twinflow.triggers.firing.RunMaker;
import io.twinflow.triggers.firing.Triggering;
import io.twinflow.triggers.firing.Triggers;
import io.twinflow.workflowdefs.expression.Evaluators;
import io.twinflow.workflowdefs.expression.process.EvaluatorProcesses;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the triggers together. */
@Configuration
class TriggerWiring {

  @Bean
  Triggers triggers(DataSource database, TriggerBells bells) {
    return new Triggers(database, bells::lookAgain);
  }

  @Bean
  Firings firings(DataSource database, TriggerBells bells) {
    return new Firings(database, bells::lookAgain);
  }

  @Bean
  ForgetEvents forgetEvents(DataSource database) {
    return new ForgetEvents(database);
  }

  /** Runs between the first and the last moment in which runs can be made. */
  @Bean
  SmartLifecycle triggering(
      DataSource database,
      RunMaker runs,
      Decider decider,
      EvaluatorProcesses evaluators,
      Instance instance,
      TriggerBells bells) {
    return new AnswerEvents(
        () ->
            new Triggering(database, runs, decider, Evaluators.over(evaluators), instance.number()),
        bells);
  }
}
