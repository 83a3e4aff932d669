package io.twinflow.triggers.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.postgres.TestDatabase;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.inbox.KeptEvent;
import io.twinflow.triggers.inbox.Sender;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages and how far a source has come with them, on a real PostgreSQL. */
class KeepMessagesIT {

  private static final Inbox.Query ALL = new Inbox.Query(null, null, null, null, null);

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private final List<List<Integer>> outcomes = new ArrayList<>();
  private Inbox inbox;

  @BeforeEach
  void open() {
    inbox = new Inbox(database.pool());
  }

  /** Nobody asks it for anything here. */
  private static final class Silent implements Source {
    @Override
    public void start(Intake intake) {
      throw new AssertionError("nobody starts it");
    }

    @Override
    public SourceState state() {
      throw new AssertionError("nobody asks how it is");
    }

    @Override
    public List<Finding> check() {
      throw new AssertionError("nobody looks at it");
    }

    @Override
    public void close() {}
  }

  private Intake intake(String name) {
    ConfiguredSource source =
        new ConfiguredSource(name, new Silent(), Format.CLOUDEVENTS, null, null, List.of());
    return KeepMessages.of(
        inbox,
        new Sender("default", "source:" + name),
        source,
        (accepted, duplicates, refused) -> outcomes.add(List.of(accepted, duplicates, refused)));
  }

  private static Message message(String id) {
    return message(id, new byte[0]);
  }

  private static Message message(String id, byte[] body) {
    return new Message(
        URI.create("/times"), id, "io.example.time", Map.of(), null, null, null, body);
  }

  private List<String> kept() throws IOException {
    return inbox.page("default", ALL, 100).stream()
        .map(KeptEvent::event)
        .map(event -> event.getId())
        .toList();
  }

  @Test
  void thePositionIsStoredWithTheMessagesForThisSourceAlone() throws Exception {
    assertThat(intake("a").position()).isEmpty();
    intake("a").take(List.of(), "0");
    intake("a").take(List.of(message("1"), message("2")), "2");
    intake("a").take(List.of(message("2"), message("3")), "3");
    assertThat(intake("a").position()).contains("3");
    assertThat(intake("b").position()).isEmpty();
    assertThat(kept()).containsExactly("3", "2", "1");
    assertThat(outcomes).containsExactly(List.of(0, 0, 0), List.of(2, 0, 0), List.of(1, 1, 0));
  }

  @Test
  void whatIsTooLargeIsKeptRefusedWithoutItsBodyAndHoldsUpNothing() throws Exception {
    byte[] most = new byte[Inbox.MOST_DATA];
    byte[] more = new byte[Inbox.MOST_DATA + 1];
    intake("a").take(List.of(message("1"), message("2", more), message("3", most)));
    assertThat(outcomes).containsExactly(List.of(3, 0, 1));
    List<KeptEvent> kept = inbox.page("default", ALL, 100);
    assertThat(kept).extracting(each -> each.event().getId()).containsExactly("3", "2", "1");
    KeptEvent refused = inbox.find("default", kept.get(1).number()).orElseThrow();
    assertThat(refused.state()).isEqualTo("refused");
    assertThat(refused.reason()).contains("1048577 bytes, and may have 1048576", "dataref");
    assertThat(refused.bytes()).isZero();
  }

  @Test
  void ifThePositionCannotBeStoredNoMessageIsKept() throws Exception {
    intake("a").take(List.of(message("1")), "1");
    assertThatThrownBy(() -> intake("a").take(List.of(message("2")), "no \0 text"))
        .isInstanceOf(IOException.class);
    assertThat(kept()).containsExactly("1");
    assertThat(intake("a").position()).contains("1");
    intake("a").take(List.of(message("2")), "2");
    assertThat(kept()).containsExactly("2", "1");
  }
}
