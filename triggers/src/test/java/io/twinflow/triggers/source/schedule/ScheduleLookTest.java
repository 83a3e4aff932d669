package io.twinflow.triggers.source.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.Keeper;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleLookTest {

  private final Keeper keeper = new Keeper();
  private Instant now = Instant.parse("2026-11-21T09:59:30Z");

  private Plan plan(CatchUp catchUp, int most) {
    return new Plan(
        URI.create("/api/v1/sources/hourly"),
        new Times(Cron.read("0 * * * *"), ZoneId.of("Europe/Amsterdam")),
        catchUp,
        Duration.ofMinutes(5),
        most);
  }

  private Duration look(CatchUp catchUp, int most) throws IOException {
    return new ScheduleLook("hourly", plan(catchUp, most), Clock.fixed(now, ZoneOffset.UTC))
        .look(keeper);
  }

  private List<String> taken() {
    return keeper.taken().stream().map(Message::id).toList();
  }

  private void afterHours(int hours) {
    now = now.plus(Duration.ofHours(hours));
  }

  @Test
  void itBeginsWhenItIsFirstLookedAtAndWaitsForTheNextTime() throws Exception {
    assertThat(look(CatchUp.ALL, 10)).isEqualTo(Duration.ofSeconds(30));
    assertThat(taken()).isEmpty();
    assertThat(keeper.position()).contains("2026-11-21T09:59:30Z");
    now = Instant.parse("2026-11-21T10:00:00Z");
    assertThat(look(CatchUp.ALL, 10)).isEqualTo(Duration.ofHours(1));
    Message message = keeper.taken().getFirst();
    assertThat(message.id()).isEqualTo("2026-11-21T10:00:00Z");
    assertThat(message.time()).isEqualTo(now);
    assertThat(Keeper.body(message))
        .isEqualTo("{\"scheduled\":\"2026-11-21T11:00:00+01:00\",\"zone\":\"Europe/Amsterdam\"}");
    look(CatchUp.ALL, 10);
    assertThat(taken()).hasSize(1);
  }

  @Test
  void allThatWasMissedIsMadeGoodUpToABound() throws Exception {
    look(CatchUp.ALL, 3);
    afterHours(5);
    look(CatchUp.ALL, 3);
    assertThat(taken())
        .containsExactly("2026-11-21T12:00:00Z", "2026-11-21T13:00:00Z", "2026-11-21T14:00:00Z");
    assertThat(keeper.position()).contains("2026-11-21T14:00:00Z");
  }

  @Test
  void theLastThatWasMissedIsMadeGood() throws Exception {
    look(CatchUp.LAST, 3);
    afterHours(5);
    look(CatchUp.LAST, 3);
    assertThat(taken()).containsExactly("2026-11-21T14:00:00Z");
  }

  @Test
  void nothingThatWasMissedIsMadeGoodButWhatIsALittleLateIsTaken() throws Exception {
    look(CatchUp.NONE, 3);
    afterHours(5);
    look(CatchUp.NONE, 3);
    assertThat(taken()).isEmpty();
    now = Instant.parse("2026-11-21T15:04:00Z");
    look(CatchUp.NONE, 3);
    assertThat(taken()).containsExactly("2026-11-21T15:00:00Z");
  }

  @Test
  void whatCouldNotBeKeptIsGivenAgain() throws Exception {
    look(CatchUp.ALL, 3);
    now = Instant.parse("2026-11-21T10:00:01Z");
    keeper.refuse(true);
    assertThatThrownBy(() -> look(CatchUp.ALL, 3)).hasMessage(Keeper.REFUSAL);
    assertThat(keeper.position()).contains("2026-11-21T09:59:30Z");
    keeper.refuse(false);
    look(CatchUp.ALL, 3);
    assertThat(taken()).containsExactly("2026-11-21T10:00:00Z");
  }

  @Test
  void aBackfillIsOfTheSameMessages() {
    ScheduleSource source = new ScheduleSource("hourly", plan(CatchUp.NONE, 3), Clock.systemUTC());
    List<Message> messages =
        source.between(
            Instant.parse("2026-11-21T10:00:00Z"), Instant.parse("2026-11-21T13:00:00Z"), 10);
    assertThat(messages.stream().map(Message::id))
        .containsExactly("2026-11-21T10:00:00Z", "2026-11-21T11:00:00Z", "2026-11-21T12:00:00Z");
    assertThat(
            source.between(
                Instant.parse("2026-11-21T10:00:00Z"), Instant.parse("2027-11-21T13:00:00Z"), 10))
        .hasSize(11);
    source.close();
  }

  @Test
  void aPositionThatNobodyCanReadIsSaid() throws Exception {
    keeper.take(List.of(), "soon");
    assertThatThrownBy(() -> look(CatchUp.ALL, 3)).hasMessage("its position is no time: soon");
  }
}
