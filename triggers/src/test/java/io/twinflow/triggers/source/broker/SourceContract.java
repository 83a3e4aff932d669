package io.twinflow.triggers.source.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Setting.Written;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.api.site.Finding.Level;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every source of a broker does, shown on the real one. */
@Timeout(120)
public abstract class SourceContract {

  private static final String PLACE = "twinflow.yaml:7:3";

  @TempDir protected Path folder;
  private final List<Source> open = new ArrayList<>();
  protected final Keeper keeper = new Keeper();

  /** A topic, queue or stream of this test alone. */
  protected final String place = "t" + UUID.randomUUID().toString().replace("-", "");

  protected abstract SourceType type();

  protected abstract Peer peer();

  /** What says from where, beside addresses, user and password. */
  protected abstract Map<String, Setting> where(String place);

  protected abstract Publisher publisher();

  protected final void send(String where, List<Sent> messages) throws Exception {
    publisher().send(where, messages);
  }

  /** Words about something that the broker does not have. */
  protected abstract String unknown();

  /** Whether what comes again has the same id. */
  protected abstract boolean knowsIds();

  /** Whether it tells with its messages how many more there are. */
  protected boolean tellsLag() {
    return false;
  }

  /** Has the broker write what it holds, if it would not by itself. */
  protected void settle() throws Exception {}

  /**
   * @param attributes of a CloudEvent, without prefix
   */
  public record Sent(String body, Map<String, String> attributes) {}

  protected static Setting text(String text) {
    return Setting.text(text, PLACE);
  }

  protected final Map<String, Setting> settings(String place) throws Exception {
    return settings(place, peer().address(), peer().password());
  }

  protected final Map<String, Setting> settings(String place, String address, String password)
      throws Exception {
    Path file = Files.writeString(folder.resolve("password"), password);
    Map<String, Setting> settings = new LinkedHashMap<>();
    settings.put("addresses", text(address));
    settings.put("user", text(peer().user()));
    settings.put(
        "password", new Setting(new Written.Fields(Map.of("file", text(file.toString()))), PLACE));
    settings.putAll(where(place));
    return settings;
  }

  protected final Source open(Map<String, Setting> fields) throws Exception {
    Settings settings = Settings.of("sources", "gauges", fields, PLACE);
    Source source = type().open(settings);
    settings.end();
    open.add(source);
    return source;
  }

  private Source started() throws Exception {
    Source source = open(settings(place));
    source.start(keeper);
    return source;
  }

  /** Started, and known to the broker, which keeps what comes from now on. */
  private Source connected() throws Exception {
    Source source = started();
    await(() -> source.state().connected());
    return source;
  }

  protected static void await(BooleanSupplier condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(condition::getAsBoolean);
  }

  protected static List<String> bodies(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "reading " + i).toList();
  }

  protected final void send(List<String> bodies) throws Exception {
    send(place, bodies.stream().map(body -> new Sent(body, Map.of())).toList());
  }

  protected final void awaitBodies(List<String> bodies) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(keeper.bodies()).containsExactlyElementsOf(bodies));
  }

  @BeforeEach
  void makePlace() throws Exception {
    publisher().make(place);
  }

  @AfterEach
  void closeAll() {
    open.forEach(Source::close);
  }

  @Test
  void deliversInOrderAndCounts() throws Exception {
    Source source = connected();

    send(bodies(0, 1000));

    awaitBodies(bodies(0, 1000));
    assertThat(keeper.taken()).hasSize(1000);
    await(() -> source.state().taken() == 1000);
    assertThat(source.state().trouble()).isNull();
    Message one = keeper.taken().getFirst();
    assertThat(one.channel().getUserInfo()).isNull();
    assertThat(one.channel().getHost()).isEqualTo("127.0.0.1");
    assertThat(one.attributes()).isEmpty();
    assertThat(keeper.taken().stream().map(Message::id).distinct()).hasSize(1000);
  }

  @Test
  protected void attributesBesideTheBodyArrive() throws Exception {
    connected();
    Map<String, String> attributes =
        Map.of(
            "specversion", "1.0",
            "id", "7",
            "source", "/gauges/neckar",
            "type", "org.example.reading",
            "datacontenttype", "text/csv");

    send(place, List.of(new Sent("a,b", attributes)));

    awaitBodies(List.of("a,b"));
    Message message = keeper.taken().getFirst();
    Map<String, String> expected = new LinkedHashMap<>(attributes);
    expected.remove("datacontenttype");
    assertThat(message.attributes()).isEqualTo(expected);
    assertThat(message.contentType()).isEqualTo("text/csv");
  }

  @Test
  void tellsHowFarItIsBehindIfItsBrokerDoes() throws Exception {
    Source first = connected();
    send(bodies(0, 1));
    awaitBodies(bodies(0, 1));
    first.close();
    send(bodies(1, 1001));
    keeper.refuse(true);
    Source second = started();
    await(() -> keeper.refusals() > 0);

    if (tellsLag()) {
      await(() -> second.state().lag() != null && second.state().lag() > 100);
    }
    keeper.refuse(false);

    awaitBodies(bodies(0, 1001));
    await(() -> second.state().taken() == 1000);
    if (tellsLag()) {
      await(() -> Objects.equals(second.state().lag(), 0L));
    } else {
      assertThat(second.state().lag()).isNull();
    }
  }

  @Test
  void nothingIsAcknowledgedBeforeItIsTaken() throws Exception {
    keeper.refuse(true);
    Source first = connected();
    send(bodies(0, 20));
    await(() -> keeper.refusals() > 2);
    assertThat(first.state().trouble()).contains(Keeper.REFUSAL);
    first.close();
    int refusals = keeper.refusals();

    Source second = started();
    await(() -> keeper.refusals() > refusals);
    keeper.refuse(false);

    awaitBodies(bodies(0, 20));
    await(() -> second.state().trouble() == null);
    assertThat(keeper.taken()).hasSize(20);
  }

  @Test
  void goesOnWhereItWasClosed() throws Exception {
    Source first = connected();
    send(bodies(0, 10));
    await(() -> first.state().taken() == 10);
    first.close();
    assertThat(first.state().connected()).isFalse();

    send(bodies(10, 20));
    assertThat(keeper.taken()).hasSize(10);
    started();

    awaitBodies(bodies(0, 20));
    assertThat(keeper.taken()).hasSize(20);
  }

  @Test
  void comesBackWhenTheBrokerWasKilled() throws Exception {
    Source source = connected();
    send(bodies(0, 10));
    awaitBodies(bodies(0, 10));
    keeper.refuse(true);
    send(bodies(10, 20));
    await(() -> keeper.refusals() > 0);
    settle();

    peer().tell("kill");
    await(() -> !source.state().connected());
    assertThat(source.state().trouble())
        .contains(peer().address())
        .doesNotContain(peer().password());
    peer().tell("start");
    await(() -> source.state().connected());
    keeper.refuse(false);
    send(bodies(20, 30));

    awaitBodies(bodies(0, 30));
    assertThat(source.state().trouble()).isNull();
    if (knowsIds()) {
      assertThat(bodies(0, 30)).allMatch(body -> keeper.ids(body) == 1);
    }
  }

  @Test
  void saysWhatIsWrongWithThePassword() throws Exception {
    Source source = open(settings(place, peer().address(), "not-the-password"));
    source.start(keeper);

    await(() -> source.state().trouble().contains("user twinflow"));
    assertThat(source.state().connected()).isFalse();
    assertThat(source.state().trouble())
        .contains(peer().address(), "password:")
        .doesNotContain("not-the-password");
    assertThat(source.check())
        .anyMatch(finding ->
            finding.level() == Level.PROBLEM
                && finding.found().contains("user twinflow")
                && finding.mend().contains("password:"))
        .noneMatch(finding -> finding.toString().contains("not-the-password"));
  }

  @Test
  protected void saysWhatIsNotThere() throws Exception {
    Source source = open(settings("never" + place));
    source.start(keeper);

    await(() -> source.state().trouble().contains(unknown()));
    assertThat(source.state().trouble()).contains("never" + place);
    assertThat(source.check())
        .anyMatch(finding ->
            finding.level() == Level.PROBLEM && finding.found().contains("never" + place));
  }

  @Test
  void saysThatNobodyAnswersAndClosesPromptly() throws Exception {
    Source source = open(settings(place, "127.0.0.1:1", peer().password()));
    source.start(keeper);

    await(() -> source.state().trouble().contains("127.0.0.1:1"));
    assertThat(source.check()).anyMatch(finding -> finding.level() == Level.PROBLEM);
    long before = System.nanoTime();
    source.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
  }

  /** Of the user guest, who may connect and do nothing else. */
  protected final Map<String, Setting> asGuest() throws Exception {
    Map<String, Setting> settings = settings(place, peer().address(), "guest");
    settings.put("user", text("guest"));
    return settings;
  }

  private Map<String, Setting> overTls(String address) throws Exception {
    Map<String, Setting> settings = settings(place, address, peer().password());
    settings.put("tls", text("true"));
    return settings;
  }

  @Test
  void speaksTlsWithWhomItsAuthorityHasSigned() throws Exception {
    Map<String, Setting> settings = overTls(peer().tlsAddress());
    settings.put("authority", text(peer().authority()));
    Source source = open(settings);
    source.start(keeper);
    await(() -> source.state().connected());

    send(bodies(0, 10));

    awaitBodies(bodies(0, 10));
    assertThat(source.check()).extracting(Finding::level).containsOnly(Level.GOOD);
  }

  @Test
  void trustsNoOtherAuthorityAndNoOtherName() throws Exception {
    Source unknown = open(overTls(peer().tlsAddress()));
    unknown.start(keeper);
    Map<String, Setting> settings = overTls(peer().tlsAddress().replace("localhost", "127.0.0.1"));
    settings.put("authority", text(peer().authority()));
    Source misnamed = open(settings);
    misnamed.start(keeper);

    await(() -> unknown.state().trouble().contains("certification path"));
    await(() -> misnamed.state().trouble().contains("subject alternative names"));
    assertThat(unknown.state().trouble()).contains("authority:");
    assertThat(misnamed.state().trouble()).contains("authority:");
    assertThat(misnamed.check()).anyMatch(finding -> finding.level() == Level.PROBLEM);
  }

  @Test
  void findsNothingWrongWhereNothingIs() throws Exception {
    Source source = connected();

    assertThat(source.check()).isNotEmpty().allMatch(finding -> finding.level() == Level.GOOD);

    send(bodies(0, 10));
    awaitBodies(bodies(0, 10));
    assertThat(source.check()).extracting(Finding::level).containsOnly(Level.GOOD);
    assertThat(keeper.taken()).hasSize(10);
  }
}
