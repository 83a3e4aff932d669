package io.twinflow.engine.server.seen;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.twinflow.workflowdefs.expression.EvaluationOwner;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonWriter;

class RunOfLineTest {

  private static final JsonWriter<ILoggingEvent> LINES =
      JsonWriter.of(members -> {
        members.add("message", "x");
        new RunOfLine().customize(members);
      });

  private static String line() {
    return LINES.writeToString(new LoggingEvent());
  }

  @Test
  void a_line_names_the_run_and_the_task_for_which_its_thread_works() {
    EvaluationOwner owner = new EvaluationOwner("20261120-120000-abcdef");
    AtomicReference<String> ofRun = new AtomicReference<>();
    AtomicReference<String> ofTask = new AtomicReference<>();
    owner.run(() -> {
      ofRun.set(line());
      ofTask.set(EvaluationOwner.inTask(7, RunOfLineTest::line));
    });
    assertThat(ofRun.get()).isEqualTo("{\"message\":\"x\",\"run\":\"20261120-120000-abcdef\"}");
    assertThat(ofTask.get())
        .isEqualTo("{\"message\":\"x\",\"run\":\"20261120-120000-abcdef\",\"task\":7}");
    assertThat(line()).isEqualTo("{\"message\":\"x\"}");
  }
}
