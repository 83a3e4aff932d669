package io.twinflow.executors.serverless.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.place.Callbacks;
import io.twinflow.executors.api.place.Callbacks.Answer;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import io.twinflow.executors.bundle.Containers;
import io.twinflow.executors.bundle.remote.CallbackTokens;
import io.twinflow.executors.bundle.remote.RemoteTasks;
import io.twinflow.executors.bundle.remote.TicketOffice;
import io.twinflow.executors.serverless.attempts.Attempt;
import io.twinflow.executors.serverless.attempts.Call;
import io.twinflow.executors.serverless.attempts.Ground;
import io.twinflow.executors.serverless.attempts.RemotePlace;
import io.twinflow.executors.serverless.attempts.SharedFolder;
import io.twinflow.executors.testing.MapPlace;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What functions tell is heard from who may tell it, once, and is never in the result's way. */
class CallbackDeskTest {

  /** Where attempts lie. */
  enum Where {
    FOLDER,
    STORE
  }

  private static final AttemptKey KEY = new AttemptKey("here", "r", 7, 1);
  private static final AttemptKey OTHER = new AttemptKey("here", "r", 8, 1);
  private static final Attempt ATTEMPT =
      new Attempt(KEY, new BatchKey("here", "r", 1), new Call("f", false, 1, 1), Instant.EPOCH);

  @TempDir private Path root;
  private final MapPlace place = new MapPlace();
  private final Exchange exchange =
      new Exchange(
          place,
          URI.create("https://engine.example.org/t/tickets"),
          "nobody can guess this, can they?",
          key -> "runs/" + key.run() + "/" + key.task());
  private final CallbackTokens tokens = CallbackTokens.of(exchange, "fn");
  private final List<AttemptKey> looks = new ArrayList<>();

  private static TaskSpec task(Ground ground) {
    return new TaskBuilder(
            KEY, ground.attempts().layout(KEY, false), List.of("mean", "1", "3"), null)
        .build();
  }

  private Ground ground(Where where) {
    return switch (where) {
      case FOLDER -> new SharedFolder("fn", root);
      case STORE ->
          new RemotePlace(
              "fn", place, RemoteTasks.of(exchange, "fn", Path.of("/s"), new Containers.OfSite()));
    };
  }

  private Ground written(Where where) throws Exception {
    Ground ground = ground(where);
    ground.attempts().write(task(ground));
    return ground;
  }

  private CallbackDesk open(Answering answering, Ground ground) {
    CallbackDesk desk = new CallbackDesk(answering, tokens, ground, looks::add);
    exchange.callbacks().open("fn", desk);
    return desk;
  }

  private Answer tell(String token, Map<String, String> headers, String body) throws IOException {
    return exchange
        .callbacks()
        .hear(
            "fn",
            "here",
            KEY.value(),
            name -> name.equals("authorization") ? token : headers.getOrDefault(name, ""),
            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  private Answer tell(String data) throws IOException {
    return tell(
        "Bearer " + tokens.token(KEY),
        Map.of("content-type", "application/cloudevents+json; charset=utf-8"),
        """
        {"specversion": "1.0", "id": "1", "source": "/f", "type": "io.twinflow.attempt.ended.v1", "data": %s}
        """
            .formatted(data));
  }

  private static Outcome end(Ground ground) throws IOException {
    assertThat(ground.find(ATTEMPT)).isInstanceOf(Ground.Found.Ended.class);
    return ((Ground.Found.Ended) ground.find(ATTEMPT)).result().outcome();
  }

  @Test
  void whoHasNotTheAttemptsTokenIsNotHeard() throws Exception {
    Ground ground = written(Where.STORE);
    open(Answering.WITH_VALUES, ground);
    String ticket = ground.environment(ATTEMPT).get("TWINFLOW_TOKEN");
    for (String token :
        List.of(
            "",
            "Bearer ",
            "Bearer guess",
            "Basic " + tokens.token(KEY),
            tokens.token(KEY),
            "Bearer " + tokens.token(OTHER),
            "Bearer " + CallbackTokens.of(exchange, "other").token(KEY),
            "Bearer " + ticket)) {
      Answer answer =
          tell(
              token,
              Map.of("content-type", "application/cloudevents+json"),
              "{\"data\": {\"outputs\": {}}}");
      assertThat(answer.status()).as(token).isEqualTo(401);
      assertThat(answer.problem()).contains("\"status\":401").contains("\"detail\":");
    }
    assertThat(looks).isEmpty();
    assertThat(ground.find(ATTEMPT)).isInstanceOf(Ground.Found.Nothing.class);
  }

  @Test
  void aTokenForCallbacksGetsNoTickets() throws Exception {
    Ground ground = written(Where.STORE);
    assertThat(ground.environment(ATTEMPT)).doesNotContainValue(tokens.token(KEY));
    assertThat(
            TicketOffice.of("here", exchange)
                .answer("fn/" + KEY.value(), tokens.token(KEY) + "\norder\n")
                .status())
        .isEqualTo(403);
  }

  @Test
  void newsMakesTheEngineLookHoweverOftenItIsToldAndDecidesNothing() throws Exception {
    Ground ground = written(Where.FOLDER);
    open(Answering.AT_ONCE, ground);
    assertThat(tell("null")).isEqualTo(new Answer(204, ""));
    assertThat(tell("{}")).isEqualTo(new Answer(204, ""));
    Answer binary =
        tell(
            "bearer " + tokens.token(KEY),
            Map.of(
                "ce-specversion", "1.0",
                "ce-id", "1",
                "ce-source", "/f",
                "ce-type", "io.twinflow.attempt.ended.v1"),
            "");
    assertThat(binary).isEqualTo(new Answer(204, ""));
    assertThat(looks).containsExactly(KEY, KEY, KEY);
    assertThat(ground.find(ATTEMPT)).isInstanceOf(Ground.Found.Nothing.class);
  }

  @Test
  void outputsOfWhatRunsACommandAreRefused() throws Exception {
    Ground ground = written(Where.FOLDER);
    open(Answering.AT_ONCE, ground);
    assertThat(tell("{\"outputs\": {\"mean\": 2}}").status()).isEqualTo(422);
    assertThat(tell("{\"error\": \"no\"}").problem()).contains("values: true");
    assertThat(ground.find(ATTEMPT)).isInstanceOf(Ground.Found.Nothing.class);
  }

  @ParameterizedTest
  @EnumSource
  void outputsAreTakenOnceHoweverOftenTheyAreTold(Where where) throws Exception {
    Ground ground = written(where);
    open(Answering.WITH_VALUES, ground);
    ground.claim(KEY);
    assertThat(ground.find(ATTEMPT)).isInstanceOf(Ground.Found.Claimed.class);
    assertThat(tell("{\"outputs\": {\"mean\": 2}}").status()).isEqualTo(204);
    assertThat(tell("{\"outputs\": {\"mean\": 2}}").status()).isEqualTo(204);
    assertThat(tell("{\"outputs\": {\"mean\": 3}}").status()).isEqualTo(409);
    assertThat(tell("{\"error\": \"too late\"}").status()).isEqualTo(409);
    assertThat(end(ground)).isEqualTo(new Outcome.Exited(0));
    var outputs = ground.attempts().outputs(task(ground));
    var file = outputs.find("cwl.output.json").orElseThrow();
    assertThat(new String(outputs.read(file, 1000), StandardCharsets.UTF_8))
        .isEqualTo("{\"mean\":2}");
    assertThat(outputs.identify(file).size()).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource
  void aFunctionMayFailInItsWords(Where where) throws Exception {
    Ground ground = written(where);
    open(Answering.WITH_VALUES, ground);
    assertThat(tell("{\"error\": \"expected numbers,\\nfound 'x'\"}").status()).isEqualTo(204);
    assertThat(tell("{\"error\": \"expected numbers,\\nfound 'x'\"}").status()).isEqualTo(204);
    assertThat(tell("{\"outputs\": {}}").status()).isEqualTo(409);
    assertThat(end(ground))
        .isEqualTo(new Outcome.Failed(FailureKind.TASK, "expected numbers,\nfound 'x'"));
  }

  @ParameterizedTest
  @EnumSource
  void whatWasCancelledOrGivenUpTakesNothing(Where where) throws Exception {
    Ground ground = written(where);
    open(Answering.WITH_VALUES, ground);
    assertThat(ground.attempts().revoke(KEY, Revocation.CANCELLED)).isTrue();
    assertThat(tell("{\"outputs\": {}}").status()).isEqualTo(410);
    assertThat(ground.find(ATTEMPT)).isInstanceOf(Ground.Found.Revoked.class);
  }

  @ParameterizedTest
  @EnumSource
  void whatWasCancelledWhileItRanTakesNothing(Where where) throws Exception {
    Ground ground = written(where);
    open(Answering.WITH_VALUES, ground);
    ground.claim(KEY);
    ground.askToStop(ATTEMPT, Instant.EPOCH);
    assertThat(tell("{\"outputs\": {}}").status()).isEqualTo(410);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsReleasedOrNeverWasTakesNothing(Where where) throws Exception {
    open(Answering.WITH_VALUES, ground(where));
    assertThat(tell("{\"outputs\": {}}").status()).isEqualTo(410);
    Ground ground = written(where);
    ground.release(KEY);
    assertThat(tell("{\"outputs\": {}}").status()).isEqualTo(410);
    assertThat(ground.find(ATTEMPT)).isNotInstanceOf(Ground.Found.Ended.class);
  }

  @Test
  void whileTheStoreIsAwayItIsToBeToldAgainAndThenTaken() throws Exception {
    Ground ground = written(Where.STORE);
    open(Answering.WITH_VALUES, ground);
    place.setAway(true);
    assertThat(tell("{\"outputs\": {\"mean\": 2}}").status()).isEqualTo(503);
    place.setAway(false);
    assertThat(tell("{\"outputs\": {\"mean\": 2}}").status()).isEqualTo(204);
    assertThat(end(ground)).isEqualTo(new Outcome.Exited(0));
  }

  @Test
  void whatIsNoSuchEventIsRefusedInWords() throws Exception {
    open(Answering.WITH_VALUES, written(Where.FOLDER));
    String token = "Bearer " + tokens.token(KEY);
    Map<String, String> structured = Map.of("content-type", "application/cloudevents+json");
    assertThat(tell(token, structured, "{").status()).isEqualTo(400);
    assertThat(tell(token, structured, "[]").problem()).contains("specversion");
    assertThat(tell(token, Map.of(), "{}").status()).isEqualTo(400);
    assertThat(tell(token, Map.of("content-type", "text/html"), "").status()).isEqualTo(415);
    assertThat(
            tell(
                    token,
                    structured,
                    "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/f\", \"type\": \"x\"}")
                .status())
        .isEqualTo(422);
    for (String data :
        List.of(
            "{}",
            "3",
            "{\"outputs\": []}",
            "{\"outputs\": null}",
            "{\"error\": 3}",
            "{\"outputs\": {}, \"error\": \"x\"}")) {
      assertThat(tell(data).status()).as(data).isEqualTo(422);
    }
    assertThat(looks).isEmpty();
  }

  @Test
  void whatIsTooLargeOrForNobodyIsSaidToBe() throws Exception {
    CallbackDesk desk = open(Answering.WITH_VALUES, written(Where.FOLDER));
    String large = "\"" + "x".repeat(Callbacks.MOST) + "\"";
    assertThat(tell("{\"outputs\": {\"all\": " + large + "}}").status()).isEqualTo(413);
    exchange.callbacks().close("fn", desk);
    assertThat(tell("{\"outputs\": {}}").status()).isEqualTo(503);
  }

  @Test
  void anAttemptsUrlLiesBesideThatOfTickets() {
    assertThat(exchange.callback("fn", KEY))
        .hasToString("https://engine.example.org/t/callbacks/fn/here/" + KEY.value());
  }
}
