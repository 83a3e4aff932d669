package io.twinflow.engine.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class EventJsonTest {

  private static final String GOLDEN = "/journal/every-event-1.jsonl";

  private static String lines() {
    return EveryEvent.envelopes(1).stream()
        .map(envelope -> EventJson.line(envelope, EventJson.write(envelope.event())))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String golden() throws IOException {
    try (InputStream in = EventJsonTest.class.getResourceAsStream(GOLDEN)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void thereIsAnExampleOfEachType() {
    Set<Class<?>> shown =
        EveryEvent.all().stream().map(Object::getClass).collect(Collectors.toSet());
    assertThat(shown).containsAll(Arrays.asList(Event.class.getPermittedSubclasses()));
  }

  @Test
  void comesBackAsItWas() throws Exception {
    for (Envelope envelope : EveryEvent.envelopes(1)) {
      String line = EventJson.line(envelope, EventJson.write(envelope.event()));
      assertThat(EventJson.read(EveryEvent.RUN, EventJson.parse(line))).isEqualTo(envelope);
    }
  }

  @Test
  void writesWhatTheGoldenFileHolds() throws Exception {
    assertThat(lines())
        .as("a changed form needs a new version, an upcast, and a golden file beside the old one")
        .isEqualTo(golden());
  }

  @Test
  void readsTheGoldenFileForEver() throws Exception {
    List<String> lines = golden().lines().toList();
    List<Envelope> expected = EveryEvent.envelopes(1);
    assertThat(lines).hasSameSizeAs(expected);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(EventJson.read(EveryEvent.RUN, EventJson.parse(lines.get(i))))
          .isEqualTo(expected.get(i));
    }
  }

  @Test
  void keepsWhatATaskIsRaisedTo() throws Exception {
    Envelope failed =
        EveryEvent.envelopes(1).stream()
            .filter(envelope -> envelope.event() instanceof Event.AttemptFailed)
            .findFirst()
            .orElseThrow();
    Event.AttemptFailed older = (Event.AttemptFailed) failed.event();
    for (Raised raised :
        List.of(new Raised(8192, null, "more"), new Raised(0, Duration.ofMinutes(90), "longer"))) {
      Event.AttemptFailed newer =
          new Event.AttemptFailed(
              older.task(),
              older.attempt(),
              older.failure(),
              older.execution(),
              older.retryAt(),
              raised);
      String line = EventJson.line(failed, EventJson.write(newer));
      assertThat(EventJson.read(EveryEvent.RUN, EventJson.parse(line)).event()).isEqualTo(newer);
    }
  }

  @Test
  void keepsTheSiteOfANoticeWhichOlderJournalsLack() throws Exception {
    Envelope one = EveryEvent.envelopes(1).getFirst();
    for (Event notice :
        List.of(new Event.NoticeGiven("it is full", "hpc"), new Event.NoticeGiven("older"))) {
      Envelope told =
          new Envelope(
              one.tenant(),
              one.run(),
              one.sequence(),
              one.time(),
              one.actor(),
              one.engineVersion(),
              notice);
      String line = EventJson.line(told, EventJson.write(notice));
      assertThat(EventJson.read(EveryEvent.RUN, EventJson.parse(line)).event()).isEqualTo(notice);
    }
  }

  @Test
  void keepsThePriorityWhichOlderJournalsLack() throws Exception {
    Event.RunCreated older = (Event.RunCreated) EveryEvent.all().getFirst();
    assertThat(older.options().priority()).isZero();
    Event newer =
        new Event.RunCreated(
            older.subject(),
            older.workflowName(),
            older.workflowVersion(),
            older.inputs(),
            older.options().withPriority(-7),
            older.labels(),
            older.continues());
    Envelope first = EveryEvent.envelopes(1).getFirst();
    String line = EventJson.line(first, EventJson.write(newer));
    assertThat(EventJson.read(EveryEvent.RUN, EventJson.parse(line)).event()).isEqualTo(newer);
  }

  @Test
  void keepsTheFolderForTheResultsWhichOlderJournalsLack() throws Exception {
    Path folder = Path.of("/data/results");
    Event.RunCreated older = (Event.RunCreated) EveryEvent.all().getFirst();
    Event newer =
        new Event.RunCreated(
            older.subject(),
            older.workflowName(),
            older.workflowVersion(),
            older.inputs(),
            older.options().withOutdir(folder),
            older.labels(),
            older.continues());
    Envelope first = EveryEvent.envelopes(1).getFirst();
    Envelope envelope =
        new Envelope(
            first.tenant(),
            first.run(),
            first.sequence(),
            first.time(),
            first.actor(),
            first.engineVersion(),
            newer);

    String line = EventJson.line(envelope, EventJson.write(newer));

    assertThat(EventJson.read(EveryEvent.RUN, EventJson.parse(line))).isEqualTo(envelope);
    assertThat(older.options().outdir()).isEmpty();
  }

  @Test
  void refusesTypesAndVersionsOfANewerTwinflow() throws Exception {
    RecordValue unknown =
        EventJson.parse(
            golden().lines().findFirst().orElseThrow().replace("RunCreated", "RunSold"));
    assertThatThrownBy(() -> EventJson.read(EveryEvent.RUN, unknown))
        .hasMessageContaining("'RunSold'")
        .hasMessageContaining("newer Twinflow");
    RecordValue newer =
        EventJson.parse(golden().lines().findFirst().orElseThrow().replace("\"v\":1", "\"v\":2"));
    assertThatThrownBy(() -> EventJson.read(EveryEvent.RUN, newer))
        .hasMessageContaining("version 2 and this engine reads up to 1");
  }

  @Test
  void bringsOlderVersionsStepByStep() throws Exception {
    Upcasts upcasts =
        new Upcasts(
            Map.of(
                "RunOwned 1", fields -> fields.with("two", fields.get("one")),
                "RunOwned 2", fields -> fields.with("three", fields.get("two"))));
    RecordValue old = EventJson.parse("{\"one\": 1}");
    assertThat(upcasts.upcast("RunOwned", 1, 3, old).get("three")).isEqualTo(old.get("one"));
  }
}
