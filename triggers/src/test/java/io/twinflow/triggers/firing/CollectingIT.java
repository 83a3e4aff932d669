package io.twinflow.triggers.firing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several events of one run. */
final class CollectingIT extends TriggersOnRows {

  @Test
  void asManyEventsAsAreWantedMakeOneRunByTheirKeys() throws Exception {
    save(
        """
        name: daily
        filter: {type: reading}
        workflow: w
        collect: {by: "$(self.subject)", count: 3}
        inputs: {ids: "$(inputs.events.map(function(e) { return e.id; }))"}
        """);
    server();
    List<CloudEvent> some = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      some.add(event("a" + i, "monday"));
      some.add(event("b" + i, "tuesday"));
    }
    inbox.keep(ANN, some);
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(rows.made).hasSize(4));
    assertThat(rows.made.values())
        .extracting(RunMaker.Order::inputs)
        .containsExactlyInAnyOrder(
            "{\"ids\":[\"a0\",\"a1\",\"a2\"]}",
            "{\"ids\":[\"a3\",\"a4\",\"a5\"]}",
            "{\"ids\":[\"b0\",\"b1\",\"b2\"]}",
            "{\"ids\":[\"b3\",\"b4\",\"b5\"]}");
    assertThat(states()).filteredOn("collecting"::equals).hasSize(2);
  }

  @Test
  void whatIsCollectedStartsWhenItIsQuiet() throws Exception {
    save(
        "{name: quiet, filter: {type: reading}, workflow: w, collect: {quiet: 500ms, within: 1h}}");
    server();
    inbox.keep(ANN, List.of(event("1", "a")));
    inbox.keep(ANN, List.of(event("2", "b")));
    awaitStates("started");
    assertThat(all().getFirst().events()).isEqualTo(2);
  }

  private static final String DAILY =
      """
      name: daily
      filter: {type: reading}
      workflow: w
      collect:
        by: $(self.subject)
        each: $(self.data.field)
        all: [rain, wind]
        within: %s
      inputs: {ids: "$(inputs.events.map(function(e) { return e.id; }))"}
      """;

  private static CloudEvent field(String id, String day, String field) {
    return CloudEventBuilder.from(event(id, day))
        .withData("application/json", "{\"field\":\"%s\"}".formatted(field).getBytes(UTF_8))
        .build();
  }

  @Test
  void aRunStartsWhenAllThatItWaitsForHasCome() throws Exception {
    save(DAILY.formatted("1h"));
    server();
    inbox.keep(
        ANN,
        List.of(
            field("1", "monday", "rain"),
            field("2", "tuesday", "rain"),
            field("3", "monday", "rain"),
            field("4", "monday", "snow")));
    awaitStates("collecting", "collecting");
    inbox.keep(
        ANN,
        List.of(
            field("5", "monday", "wind"),
            field("6", "monday", "wind"),
            field("7", "tuesday", "wind"),
            field("8", "monday", "rain")));
    awaitStates("started", "started", "started");
    assertThat(rows.made.values())
        .extracting(RunMaker.Order::inputs)
        .containsExactlyInAnyOrder(
            "{\"ids\":[\"1\",\"3\",\"4\",\"5\"]}",
            "{\"ids\":[\"2\",\"7\"]}",
            "{\"ids\":[\"6\",\"8\"]}");
  }

  @Test
  void whatWasWaitedForInVainIsADeadLetterThatStartsWithoutItWhenSomebodyWants() throws Exception {
    save(DAILY.formatted("500ms"));
    server();
    inbox.keep(ANN, List.of(field("1", "monday", "wind")));
    awaitStates("dead");
    assertThat(all().getFirst().reason()).isEqualTo("did not come: rain");
    assertThat(rows.made).isEmpty();
    assertThat(firings.replay("default", query(null), null, false)).isEqualTo(1);
    awaitStates("started");
  }
}
