package io.twinflow.engine.server.seen.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.RunId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @Test
  void the_span_of_a_call_is_read_and_written_as_the_standard_says() {
    String header = "00-" + TRACE + "-" + SPAN + "-01";
    assertThat(TraceParent.of(header)).hasValue(new TraceParent(TRACE, SPAN, true));
    assertThat(TraceParent.of(header).orElseThrow().header()).isEqualTo(header);
    assertThat(TraceParent.of("00-" + TRACE + "-" + SPAN + "-00").orElseThrow().sampled())
        .isFalse();
    assertThat(TraceParent.of("cc-" + TRACE + "-" + SPAN + "-03-later")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-later",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"
      })
  void what_is_no_span_begins_a_trace(String header) {
    assertThat(TraceParent.of(header)).isEmpty();
  }

  @Test
  void ids_follow_from_what_they_name() {
    SpanIds ids = new SpanIds(new RunId("20261120-000000-abcdef"));
    SpanIds same = new SpanIds(new RunId("20261120-000000-abcdef"));
    assertThat(ids.trace()).hasSize(32).isEqualTo(same.trace());
    assertThat(ids.attempt(1, 12)).hasSize(16).isEqualTo(same.attempt(1, 12));
    assertThat(ids.attempt(11, 2)).isNotEqualTo(ids.attempt(1, 12));
  }
}
