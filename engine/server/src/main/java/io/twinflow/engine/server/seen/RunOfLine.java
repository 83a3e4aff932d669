package io.twinflow.engine.server.seen;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.twinflow.workflowdefs.expression.EvaluationOwner;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * Names the run, and the task if there is one, in lines of threads that work for a run without
 * being its own.
 */
public final class RunOfLine implements StructuredLoggingJsonMembersCustomizer<ILoggingEvent> {

  private static final String RUN = "run";
  private static final String TASK = "task";
  private static final long NONE = -1;

  @Override
  public void customize(Members<ILoggingEvent> members) {
    members
        .add(RUN, event -> EvaluationOwner.current().map(EvaluationOwner::name).orElse(""))
        .when(run -> !run.isEmpty());
    members.add(TASK, event -> EvaluationOwner.task().orElse(NONE)).when(task -> task >= 0);
  }
}
