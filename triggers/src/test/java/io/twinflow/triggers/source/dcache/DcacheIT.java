package io.twinflow.triggers.source.dcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Setting.Written;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.broker.Keeper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source of dCache and a stand-in for its frontend. */
class DcacheIT {

  private static final String UPLOADS = "/data/uploads";
  private static final String PLACE = "twinflow.yaml:3:5";

  @TempDir private Path folder;

  private final DcacheStandIn dcache = standIn();
  private final Keeper keeper = new Keeper();
  private Source source;

  private static DcacheStandIn standIn() {
    try {
      return new DcacheStandIn();
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void password() throws Exception {
    Files.writeString(folder.resolve("password"), "secret\n");
  }

  @AfterEach
  void close() {
    if (source != null) {
      source.close();
    }
    dcache.close();
  }

  private Source open(Map<String, String> more) throws Exception {
    Map<String, Setting> fields = new LinkedHashMap<>();
    fields.put("address", Setting.text(dcache.address().toString(), PLACE));
    fields.put("path", Setting.text(UPLOADS, PLACE));
    fields.put("user", Setting.text("twin", PLACE));
    fields.put(
        "password",
        new Setting(
            new Written.Fields(
                Map.of("file", Setting.text(folder.resolve("password").toString(), PLACE))),
            PLACE));
    more.forEach((name, value) -> fields.put(name, Setting.text(value, PLACE)));
    Settings settings = Settings.of("sources", "uploads", fields, PLACE);
    Source opened = new DcacheType().open(settings);
    settings.end();
    return opened;
  }

  private void start() throws Exception {
    start(Map.of());
  }

  private void start(Map<String, String> more) throws Exception {
    source = open(more);
    source.start(keeper);
  }

  private void restart() throws Exception {
    source.close();
    start();
  }

  private List<String> subjects() {
    return keeper.taken().stream().map(Message::subject).distinct().sorted().toList();
  }

  private void awaitFiles(String... names) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(subjects())
                .containsExactlyInAnyOrderElementsOf(
                    Arrays.stream(names).map(name -> UPLOADS + "/" + name).toList()));
  }

  private void awaitTrouble(String words) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(String.valueOf(source.state().trouble())).contains(words));
  }

  /** The position is behind all that was told. */
  private void awaitSettled() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> dcache.isHeard() && source.state().connected() && keeper.position().isPresent());
  }

  private void eachOnce() {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    for (Message message : keeper.taken()) {
      ids.computeIfAbsent(message.subject(), subject -> new ArrayList<>()).add(message.id());
    }
    ids.forEach((subject, all) -> assertThat(all.stream().distinct()).as(subject).hasSize(1));
  }

  @Test
  void filesThatAreThereAndFilesThatComeAreTheSameEventsHoweverTheyAreFound() throws Exception {
    dcache.upload(UPLOADS + "/there.nc");
    dcache.folder(UPLOADS + "/sub");
    dcache.upload(UPLOADS + "/sub/below.nc");
    dcache.begin(UPLOADS + "/slow.nc");
    dcache.upload("/data/elsewhere.nc");
    start();
    awaitFiles("there.nc", "sub/below.nc");
    awaitSettled();
    dcache.finish(UPLOADS + "/slow.nc");
    dcache.upload(UPLOADS + "/come.nc");
    dcache.upload(UPLOADS + "/sub/näher 1.nc");
    dcache.move("/data/elsewhere.nc", UPLOADS + "/moved.nc");
    dcache.folder(UPLOADS + "/new");
    dcache.upload(UPLOADS + "/new/first.nc");
    dcache.folder(UPLOADS + "/new/deep");
    dcache.upload(UPLOADS + "/new/deep/second.nc");
    String[] all = {
      "there.nc",
      "sub/below.nc",
      "slow.nc",
      "come.nc",
      "sub/näher 1.nc",
      "moved.nc",
      "new/first.nc",
      "new/deep/second.nc"
    };
    awaitFiles(all);
    dcache.upload(UPLOADS + "/new/deep/third.nc");
    await().atMost(Duration.ofSeconds(30)).until(() -> subjects().size() == all.length + 1);
    source.close();

    int before = keeper.taken().size();
    dcache.forgetChannels();
    start();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> keeper.taken().size() >= before + all.length + 1);
    eachOnce();
    Message one =
        keeper.taken().stream()
            .filter(message -> message.subject().endsWith("come.nc"))
            .findFirst()
            .orElseThrow();
    assertThat(one.type()).isEqualTo("io.twinflow.dcache.file");
    assertThat(one.channel().toString()).isEqualTo(dcache.address() + UPLOADS);
    assertThat(Keeper.body(one))
        .contains("\"path\":\"/data/uploads/come.nc\"", "\"pnfsId\":\"file", "\"size\":")
        .doesNotContain("location");
  }

  @Test
  void aFileThatIsGoneIsPassedOverAndTheDoorIsWhereFilesAreFetched() throws Exception {
    start(Map.of("door", "https://webdav.example.org:2880/"));
    awaitSettled();
    dcache.upload(UPLOADS + "/kept.nc");
    awaitFiles("kept.nc");
    dcache.uploadAndTakeAway(UPLOADS + "/gone.nc");
    dcache.upload(UPLOADS + "/a&b.nc");
    awaitFiles("kept.nc", "a&b.nc");
    assertThat(dcache.asked("GET /api/v1/namespace/data/uploads/gone.nc")).isEqualTo(1);
    assertThat(keeper.bodies())
        .anyMatch(body ->
            body.contains(
                "\"location\":\"https://webdav.example.org:2880/data/uploads/a%26b.nc\""));
  }

  @Test
  void aLostConnectionLosesNothing() throws Exception {
    start();
    awaitSettled();
    for (int i = 0; i < 5; i++) {
      dcache.upload(UPLOADS + "/before" + i);
      dcache.dropConnections();
      dcache.upload(UPLOADS + "/during" + i);
      int expected = 2 * i + 2;
      await().atMost(Duration.ofSeconds(30)).until(() -> subjects().size() == expected);
    }
    eachOnce();
    // It goes on where it was: nothing but the folder at the beginning was listed.
    assertThat(dcache.asked("GET /api/v1/namespace/data/uploads?children=true")).isLessThan(4);
  }

  @Test
  void whatAnOverflowLostIsListed() throws Exception {
    dcache.folder(UPLOADS + "/sub");
    start();
    awaitSettled();
    dcache.upload(UPLOADS + "/one");
    awaitFiles("one");
    dcache.quietly(() -> dcache.upload(UPLOADS + "/sub/lost"));
    dcache.quietly(() -> dcache.folder(UPLOADS + "/other"));
    dcache.quietly(() -> dcache.upload(UPLOADS + "/other/lost"));
    dcache.overflow();
    awaitFiles("one", "sub/lost", "other/lost");
    dcache.upload(UPLOADS + "/other/found");
    awaitFiles("one", "sub/lost", "other/lost", "other/found");
    eachOnce();
  }

  @Test
  void aForgottenChannelAndForgottenEventsAreMadeGood() throws Exception {
    start();
    awaitSettled();
    dcache.upload(UPLOADS + "/one");
    awaitFiles("one");
    dcache.forgetChannels();
    dcache.quietly(() -> dcache.upload(UPLOADS + "/two"));
    awaitFiles("one", "two");
    awaitSettled();
    dcache.upload(UPLOADS + "/three");
    awaitFiles("one", "two", "three");
    dcache.quietly(() -> dcache.upload(UPLOADS + "/four"));
    dcache.forgetEvents();
    awaitFiles("one", "two", "three", "four");
    dcache.upload(UPLOADS + "/five");
    awaitFiles("one", "two", "three", "four", "five");
    eachOnce();
  }

  @Test
  void whatWasNeverToldIsFoundByAListingNowAndThen() throws Exception {
    start(Map.of("every", "2s"));
    awaitSettled();
    dcache.upload(UPLOADS + "/told");
    awaitFiles("told");
    dcache.quietly(() -> dcache.upload(UPLOADS + "/lost"));
    awaitFiles("told", "lost");
    dcache.upload(UPLOADS + "/later");
    awaitFiles("told", "lost", "later");
    eachOnce();
  }

  @Test
  void afterARestartItGoesOnInItsChannelWithoutListing() throws Exception {
    dcache.folder(UPLOADS + "/sub");
    start();
    awaitSettled();
    dcache.upload(UPLOADS + "/sub/one");
    awaitFiles("sub/one");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !keeper.position().orElseThrow().contains("\"event\":\"\""));
    source.close();
    long listed = listed();
    dcache.upload(UPLOADS + "/sub/two");
    dcache.upload(UPLOADS + "/three");
    start();
    awaitFiles("sub/one", "sub/two", "three");
    assertThat(listed()).isEqualTo(listed);
    assertThat(dcache.asked("POST /api/v1/events/channels?")).isEqualTo(1);
    eachOnce();
  }

  private long listed() {
    return dcache.asked("GET /api/v1/namespace/data/uploads?children=true")
        + dcache.asked("GET /api/v1/namespace/data/uploads/sub?children=true");
  }

  @Test
  void whatCannotBeKeptIsToldAgain() throws Exception {
    start();
    awaitSettled();
    dcache.upload(UPLOADS + "/one");
    awaitFiles("one");
    keeper.refuse(true);
    dcache.upload(UPLOADS + "/two");
    dcache.folder(UPLOADS + "/sub");
    dcache.upload(UPLOADS + "/sub/three");
    awaitTrouble(Keeper.REFUSAL);
    restart();
    awaitTrouble(Keeper.REFUSAL);
    dcache.upload(UPLOADS + "/four");
    keeper.refuse(false);
    awaitFiles("one", "two", "sub/three", "four");
    eachOnce();
  }

  @Test
  void foldersThatMoveAreFollowed() throws Exception {
    dcache.folder("/data/attic");
    dcache.folder(UPLOADS + "/a");
    dcache.folder(UPLOADS + "/a/deep");
    start();
    awaitSettled();
    await().atMost(Duration.ofSeconds(30)).until(() -> dcache.watched().size() == 3);
    dcache.move(UPLOADS + "/a", UPLOADS + "/b");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(dcache.watched())
                .containsExactly(UPLOADS, UPLOADS + "/b", UPLOADS + "/b/deep"));
    dcache.upload(UPLOADS + "/b/deep/one");
    awaitFiles("b/deep/one");
    dcache.move(UPLOADS + "/b", "/data/attic/b");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(dcache.watched()).containsExactly(UPLOADS));
    dcache.upload("/data/attic/b/two");
    dcache.upload(UPLOADS + "/three");
    awaitFiles("b/deep/one", "three");
  }

  @Test
  void aSubscriptionThatEndsIsMadeAnewAndWhatTheSystemSaysIsNoFile() throws Exception {
    start();
    awaitSettled();
    dcache.upload(UPLOADS + "/one");
    awaitFiles("one");
    dcache.quietly(() -> dcache.upload(UPLOADS + "/lost"));
    dcache.closeSubscription(UPLOADS);
    awaitFiles("one", "lost");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(dcache.watched()).containsExactly(UPLOADS));
    dcache.send(": a comment\n\nevent: SYSTEM\ndata: {\"type\":\"SHUTDOWN\"}\n\n");
    dcache.send("event: metronome\nid: 99\ndata: tick\n\nretry: 10\n\n");
    dcache.upload(UPLOADS + "/two");
    dcache.repeatLast();
    dcache.repeatLast();
    awaitFiles("one", "lost", "two");
    dcache.quietly(() -> dcache.upload(UPLOADS + "/three"));
    dcache.send("event: inotify\nid: 100\ndata: {not json\n\n");
    awaitFiles("one", "lost", "two", "three");
    eachOnce();
  }

  @Test
  void aFolderThatMayNotBeSeenKeepsNoOtherFromBeingSeen() throws Exception {
    dcache.folder(UPLOADS + "/private");
    dcache.folder(UPLOADS + "/zoo");
    dcache.deny(UPLOADS + "/private");
    dcache.upload(UPLOADS + "/zoo/ape");
    start();
    awaitFiles("zoo/ape");
    awaitSettled();
    dcache.upload(UPLOADS + "/zoo/bear");
    awaitFiles("zoo/ape", "zoo/bear");
  }

  @Test
  void withoutRecursionFoldersBelowAreNotSeen() throws Exception {
    dcache.folder(UPLOADS + "/sub");
    dcache.upload(UPLOADS + "/sub/one");
    start(Map.of("recursive", "false"));
    awaitSettled();
    dcache.upload(UPLOADS + "/sub/two");
    dcache.upload(UPLOADS + "/three");
    awaitFiles("three");
    assertThat(dcache.watched()).containsExactly(UPLOADS);
  }

  @Test
  void whatIsWrongIsSaidAndWhenItIsMendedItGoesOn() throws Exception {
    Files.writeString(folder.resolve("password"), "other\n");
    start();
    awaitTrouble("answers 401 anonymous access not allowed to user twin; see that token:");
    assertThat(source.check()).hasSize(1).allMatch(finding -> finding.toString().contains("401"));
    Files.writeString(folder.resolve("password"), "secret\n");
    awaitSettled();
    dcache.upload(UPLOADS + "/one");
    awaitFiles("one");
    assertThat(source.check())
        .hasSize(2)
        .allMatch(finding -> finding.level() == Finding.Level.GOOD);
    dcache.answerWith(503);
    dcache.dropConnections();
    awaitTrouble("answers 503");
    dcache.answerWith(403);
    awaitTrouble("answers 403");
    dcache.answerWith(0);
    dcache.upload(UPLOADS + "/two");
    awaitFiles("one", "two");
    dcache.remove(UPLOADS + "/one");
    dcache.remove(UPLOADS + "/two");
    dcache.remove(UPLOADS);
    awaitTrouble("there is no folder /data/uploads; make it, or mend path:");
    List<Finding> findings = source.check();
    assertThat(findings.getLast().toString()).contains("there is no folder /data/uploads");
    dcache.folder(UPLOADS);
    dcache.upload(UPLOADS + "/three");
    awaitFiles("one", "two", "three");
  }
}
