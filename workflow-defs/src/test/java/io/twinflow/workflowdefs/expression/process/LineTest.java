package io.twinflow.workflowdefs.expression.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.workflowdefs.expression.ExpressionContext;
import io.twinflow.workflowdefs.expression.JavaScriptSource;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineTest {

  private static Job job(String owner) {
    Position place = Position.startOf("a.cwl");
    return new Job(
        new Request(
            JavaScriptSource.expression("(1)", place, place),
            List.of(),
            new ExpressionContext(RecordValue.EMPTY, NullValue.NULL, null, List.of())),
        owner);
  }

  private static List<String> take(Line line, int most) throws InterruptedException {
    return line.take(most, Duration.ZERO).stream().map(Job::owner).toList();
  }

  @Test
  void owners_take_turns_however_much_one_has_waiting() throws Exception {
    Line line = new Line(1);
    for (int i = 0; i < 100; i++) {
      line.add(job("much.cwl"));
    }
    line.add(job("little.cwl"));

    assertThat(take(line, 16)).hasSize(16).containsOnly("much.cwl");
    assertThat(take(line, 16)).containsExactly("little.cwl");
    assertThat(take(line, 16)).hasSize(16).containsOnly("much.cwl");
    assertThat(line.length()).isEqualTo(68);
  }

  @Test
  void one_worker_leaves_the_others_their_share() throws Exception {
    Line line = new Line(2);
    for (int i = 0; i < 4; i++) {
      line.add(job("a.cwl"));
    }

    assertThat(take(line, 16)).hasSize(2);
    assertThat(take(line, 16)).hasSize(1);
  }

  @Test
  void what_is_put_back_comes_first_and_in_order() throws Exception {
    Line line = new Line(1);
    List<Job> jobs = List.of(job("a.cwl"), job("a.cwl"), job("a.cwl"));
    jobs.forEach(line::add);
    List<Job> taken = line.take(2, Duration.ZERO);
    line.putBack(taken);

    assertThat(line.take(16, Duration.ZERO)).isEqualTo(jobs);
  }

  @Test
  void nobody_waits_in_a_line_that_is_closed() {
    Line line = new Line(1);
    Job before = job("a.cwl");
    line.add(before);
    line.close();
    Job after = job("a.cwl");
    line.add(after);

    assertThatThrownBy(before.answer()::join).hasMessageContaining("stopped");
    assertThatThrownBy(after.answer()::join).hasMessageContaining("stopped");
  }

  @Test
  void an_owner_that_was_too_slow_goes_to_the_patient_line() {
    Lines lines = new Lines(1, 1);
    Job slow = job("slow.cwl");
    lines.enter(slow);
    assertThat(lines.quick().length()).isEqualTo(1);
    lines.tooSlow(slow);
    lines.enter(job("slow.cwl"));
    lines.enter(job("other.cwl"));

    assertThat(lines.patient().length()).isEqualTo(2);
    assertThat(lines.quick().length()).isEqualTo(2);
  }
}
