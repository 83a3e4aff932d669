package io.twinflow.executors.serverless.functions;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.place.Callbacks;
import io.twinflow.executors.api.place.Callbacks.Answer;
import io.twinflow.executors.api.place.Callbacks.Said;
import io.twinflow.executors.bundle.GivenEnd;
import io.twinflow.executors.bundle.remote.CallbackTokens;
import io.twinflow.executors.serverless.attempts.Ground;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Hears what functions tell of attempts. It makes the engine look sooner for the result, which
 * alone says how an attempt ended; or, from functions that are tools themselves, it is the result.
 * docs/functions.md is the contract with their authors.
 */
final class CallbackDesk implements Callbacks.Desk {

  static final String TYPE = "io.twinflow.attempt.ended.v1";

  private static final String BEARER = "Bearer ";
  private static final int LONGEST_WORDS = 2_000;
  private static final int LONGEST_SOURCE = 200;
  private static final Answer HEARD = new Answer(204, "");

  private final Answering answering;
  private final CallbackTokens tokens;
  private final Ground ground;
  private final Consumer<AttemptKey> look;
  private final Clock clock = Clock.systemUTC();

  /**
   * @param look makes the engine look for the attempt's result now
   */
  CallbackDesk(
      Answering answering, CallbackTokens tokens, Ground ground, Consumer<AttemptKey> look) {
    this.answering = answering;
    this.tokens = tokens;
    this.ground = ground;
    this.look = look;
  }

  @Override
  public Answer hear(String installation, String attempt, Said said) {
    Optional<AttemptKey> key = AttemptKey.of(installation, attempt);
    String bearer = said.header().apply("authorization");
    if (key.isEmpty()
        || !bearer.regionMatches(true, 0, BEARER, 0, BEARER.length())
        || !tokens.isToken(key.get(), bearer.substring(BEARER.length()).strip())) {
      return problem(
          401, "Expected Authorization: Bearer with the token that came with this attempt.");
    }
    try {
      CloudEvent event = ReadEvent.of(said);
      if (!event.type().equals(TYPE)) {
        return problem(422, "Expected an event of type %s.".formatted(TYPE));
      }
      return hear(key.get(), event);
    } catch (ReadEvent.Unreadable e) {
      return problem(e.status(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return problem(
          503, "What became of it is not known; tell it again: %s".formatted(e.getMessage()));
    }
  }

  private Answer hear(AttemptKey attempt, CloudEvent event) throws IOException {
    JsonNode outputs = event.data().path("outputs");
    JsonNode error = event.data().path("error");
    boolean isNone = outputs.isMissingNode() && error.isMissingNode();
    if (answering != Answering.WITH_VALUES) {
      if (!isNone) {
        return problem(
            422,
            "Expected data without outputs and error: functions of this site run the attempt's command, which leaves the result. For functions that give outputs themselves the site has values: true.");
      }
      look.accept(attempt);
      return HEARD;
    }
    if (outputs.isObject() && error.isMissingNode()) {
      return take(attempt, new GivenEnd.Outputs(source(event), outputs.toString()));
    }
    if (error.isString() && outputs.isMissingNode()) {
      return take(
          attempt, new GivenEnd.Failure(source(event), cut(error.asString(), LONGEST_WORDS)));
    }
    return problem(
        422,
        "Expected data with outputs, an object with the tool's outputs by their names, or with error, why there are none.");
  }

  private static String source(CloudEvent event) {
    return cut(event.source(), LONGEST_SOURCE);
  }

  private static String cut(String text, int longest) {
    return text.length() > longest ? text.substring(0, longest) + "…" : text;
  }

  private Answer take(AttemptKey attempt, GivenEnd end) throws IOException {
    return switch (ground.end(attempt, end, clock.instant())) {
      case TAKEN -> {
        look.accept(attempt);
        yield HEARD;
      }
      case ANOTHER -> problem(409, "Another end of this attempt was told before, and holds.");
      case OVER ->
          problem(
              410, "Nobody waits for this attempt any more: it was cancelled, given up or ended.");
    };
  }

  private static Answer problem(int status, String detail) {
    return new Answer(
        status,
        JsonNodeFactory.instance
            .objectNode()
            .put("status", status)
            .put("title", title(status))
            .put("detail", detail)
            .toString());
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 415 -> "Unsupported Media Type";
      case 422 -> "Unprocessable Content";
      default -> "Service Unavailable";
    };
  }
}
