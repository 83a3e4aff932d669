package io.twinflow.executors.bundle.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import io.twinflow.executors.bundle.Containers;
import io.twinflow.executors.bundle.remote.TicketOffice.Answer;
import io.twinflow.executors.testing.MapPlace;
import io.twinflow.executors.testing.TaskBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has an attempt's token is given what this attempt needs, and nothing else. */
class TicketOfficeTest {

  private static final TicketKey KEY =
      new TicketKey("nobody can guess this, can they?".getBytes(StandardCharsets.UTF_8));
  private static final AttemptKey ATTEMPT = new AttemptKey("here", "r", 7, 1);
  private static final RemoteNames NAMES = RemoteNames.of("hpc");

  @TempDir private Path root;
  private final MapPlace place = new MapPlace();
  private final TicketOffice office =
      new TicketOffice("here", place, RemoteNames::of, KEY, Duration.ofHours(1));
  private RemoteTasks tasks;

  @BeforeEach
  void write() throws Exception {
    tasks =
        new RemoteTasks(
            place,
            NAMES,
            KEY,
            URI.create("https://engine.example.org/t/hpc"),
            Path.of("/s"),
            new Containers.OfSite());
    tasks.write(
        new TaskBuilder(ATTEMPT, tasks.layout(ATTEMPT, false), List.of("true"), null)
            .link(Files.writeString(root.resolve("input"), "in"), "i")
            .build());
  }

  private Answer ask(String... lines) {
    return office.answer(
        "hpc/" + ATTEMPT.value(), KEY.token(ATTEMPT) + "\n" + String.join("\n", lines));
  }

  @Test
  void whoHasNotTheAttemptsTokenLearnsNothing() {
    AttemptKey other = new AttemptKey("here", "r", 8, 1);
    TicketKey guessed = new TicketKey(new byte[32]);
    for (String token :
        List.of("", "x", KEY.token(other), guessed.token(ATTEMPT), KEY.token(ATTEMPT) + " ")) {
      Answer answer = office.answer("hpc/" + ATTEMPT.value(), token + "\norder\n");
      assertThat(answer.status()).as(token).isEqualTo(403);
      assertThat(answer.text()).doesNotContain("https:");
    }
  }

  @Test
  void whatIsNoTicketIsAnsweredLikeAWrongToken() {
    String question = KEY.token(ATTEMPT) + "\norder\n";
    String key = ATTEMPT.value();
    for (String ticket :
        List.of(key, "hpc/", "hpc/x", "../" + key, "hpc/" + key + "/x", "HPC/" + key, "")) {
      assertThat(office.answer(ticket, question).status()).as(ticket).isEqualTo(403);
    }
    TicketOffice elsewhere =
        new TicketOffice("there", place, RemoteNames::of, KEY, Duration.ofHours(1));
    assertThat(elsewhere.answer("hpc/" + key, question).status()).isEqualTo(403);
    assertThat(office.answer("cloud/" + key, question).status()).isEqualTo(410);
  }

  @Test
  void anAttemptIsToldUrlsOfItsOwn() {
    assertThat(ask("order").text()).contains("/sites/hpc/orders/" + ATTEMPT.value() + "/order?get");
    assertThat(ask("inputs").text().lines()).singleElement().asString().contains("/inputs/");
    assertThat(ask("record").text()).contains(ATTEMPT.value() + "/record?put");
    assertThat(ask("put", "out/a b", "log/stdout.0", "").text().lines())
        .hasSize(2)
        .first()
        .asString()
        .endsWith("/runs/r/work/7.1/out/a%20b?put");
    assertThat(ask("put", "out/new\\nline").text()).contains("new%0Aline");
  }

  @Test
  void whatIsNotItsOwnIsRefused() {
    for (String name :
        List.of(
            "record",
            "out/../../8.1/out/x",
            "../x",
            "out/./x",
            "out//x",
            "out/",
            "/out/x",
            "logs/x",
            "sites/hpc/inputs/x",
            "out/a\\n../b/../../..")) {
      assertThat(ask("put", name).status()).as(name).isEqualTo(400);
      assertThat(ask("begin", name).status()).as(name).isEqualTo(400);
      assertThat(ask("parts u 1 1", name).status()).as(name).isEqualTo(400);
      assertThat(ask("complete u 1", name, "tag").status()).as(name).isEqualTo(400);
    }
  }

  @Test
  void whatIsNoQuestionIsRefusedAndNeverCostsMuch() {
    assertThat(office.answer("hpc/" + ATTEMPT.value(), KEY.token(ATTEMPT)).status()).isEqualTo(400);
    for (String[] lines :
        new String[][] {
          {"sing"},
          {""},
          {"claim"},
          {"begin"},
          {"parts u 1 1"},
          {"parts u x 1", "out/a"},
          {"parts u 0 1", "out/a"},
          {"parts u 1 2147483647", "out/a"},
          {"parts u -2147483648 2147483647", "out/a"},
          {"parts u", "out/a"},
          {"complete u", "out/a"},
          {"complete u 1"},
          {"put\n" + "out/a\n".repeat(1001)},
        }) {
      assertThat(ask(lines).status()).as(String.join("|", lines)).isEqualTo(400);
    }
    assertThat(ask("put\n" + "out/a\n".repeat(1000)).status()).isEqualTo(200);
  }

  @Test
  void oneCopyClaimsAndMayAskAgain() throws Exception {
    assertThat(ask("claim one", "job 1").text()).isEqualTo("won\n");
    assertThat(ask("claim one", "job 1").text()).isEqualTo("won\n");
    assertThat(ask("claim two", "job 2").text()).isEqualTo("taken\n");
    assertThat(tasks.startedBy(ATTEMPT)).contains("job 1");
    assertThat(tasks.revoke(ATTEMPT, Revocation.CANCELLED)).isFalse();
    assertThat(tasks.revocation(ATTEMPT)).isEmpty();
  }

  @Test
  void aCopyThatDoesNotNameItsJobClaimsToo() throws Exception {
    assertThat(ask("claim one").text()).isEqualTo("won\n");
    assertThat(tasks.startedBy(ATTEMPT)).isEmpty();
  }

  @Test
  void whatWasRevokedIsClaimedByNobody() throws Exception {
    assertThat(tasks.revoke(ATTEMPT, Revocation.GIVEN_UP)).isTrue();
    assertThat(ask("claim one").text()).isEqualTo("taken\n");
    assertThat(tasks.revocation(ATTEMPT)).contains(Revocation.GIVEN_UP);
    assertThat(tasks.startedBy(ATTEMPT)).isEmpty();
  }

  @Test
  void afterTheRecordAndAfterTheReleaseTheTokenIsWorthNothing() throws Exception {
    assertThat(ask("alive").status()).isEqualTo(200);
    tasks.fail(ATTEMPT, new AttemptFailure(FailureKind.CANCELLED, "cancelled"), Instant.EPOCH);
    assertThat(ask("alive").status()).isEqualTo(410);
    assertThat(ask("put", "out/a").status()).isEqualTo(410);
    tasks.release(ATTEMPT);
    assertThat(ask("order").status()).isEqualTo(410);
    assertThat(tasks.look().ended()).isEmpty();
  }

  @Test
  void partsBecomeAnObjectOnlyWhenTheyAreWhole() throws Exception {
    String upload = ask("begin", "out/large").text().strip();
    assertThat(ask("parts " + upload + " 1 2", "out/large").text().lines()).hasSize(2);
    place.putPart(upload, 1, new byte[] {1, 2, 3});
    place.putPart(upload, 2, new byte[] {4});
    assertThat(ask("complete " + upload + " 5", "out/large", "a", "b").status()).isEqualTo(503);
    assertThat(place.find("runs/r/work/7.1/out/large")).isEmpty();
    assertThat(ask("complete " + upload + " 4", "out/large", "a", "b").status()).isEqualTo(200);
    assertThat(place.get("runs/r/work/7.1/out/large", 10)).contains(new byte[] {1, 2, 3, 4});
  }

  @Test
  void whileThePlaceIsAwayTheAttemptIsToldToWait() {
    place.setAway(true);
    assertThat(ask("order").status()).isEqualTo(503);
    place.setAway(false);
    assertThat(ask("order").status()).isEqualTo(200);
  }
}
