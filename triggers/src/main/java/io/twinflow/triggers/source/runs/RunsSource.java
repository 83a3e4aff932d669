package io.twinflow.triggers.source.runs;

import io.cloudevents.CloudEvent;
import io.twinflow.triggers.rule.TriggerRule;
import io.twinflow.triggers.source.look.Looking;
import io.twinflow.triggers.source.look.LookingSource;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The ends of this installation's runs. */
public final class RunsSource implements LookingSource {

  private static final String NOT_YET = "00000000-000000-000000";

  private final Looking looking;

  RunsSource(String name, DataSource database, RunResults results) {
    this.looking =
        new Looking(name, new RunsLook(new EndedRuns(database), results), Clock.systemUTC());
  }

  /**
   * Whether the ends of its own runs may fire a trigger of this source; as far as its document
   * tells.
   *
   * @param workflows what its runs are called that they are of
   */
  public static boolean mayFireItself(TriggerRule rule, List<String> workflows) {
    return workflows.stream()
        .anyMatch(workflow ->
            Stream.of("SUCCEEDED", "FAILED", "CANCELLED")
                .map(state -> end(rule.name(), workflow, state))
                .anyMatch(event -> rule.maySee(event, EndedRun.subjects(workflow))));
  }

  private static CloudEvent end(String trigger, String workflow, String state) {
    return new EndedRun(
            "",
            NOT_YET,
            "",
            workflow,
            "",
            "cwl",
            state,
            Map.of("trigger", trigger),
            Instant.EPOCH,
            Instant.EPOCH,
            1)
        .likeness();
  }

  @Override
  public Looking looking() {
    return looking;
  }
}
