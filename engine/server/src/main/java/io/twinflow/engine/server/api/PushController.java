package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.server.security.FailedCalls;
import io.twinflow.engine.server.triggers.ReceiveEvents;
import io.twinflow.engine.server.triggers.SourceIntakes;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.source.ConfiguredSource;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.push.PushSource;
import io.twinflow.triggers.source.push.Pushed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/v1/sources/NAME/events}: systems push here that can show a secret but no token. */
@RestController
@Tag(name = "Events")
class PushController {

  private static final Logger LOG = System.getLogger(PushController.class.getName());

  /** An event's data, and what it is wrapped in; this is read before anybody is known. */
  private static final int MOST = 2 * Inbox.MOST_DATA;

  private final ReceiveEvents receive;
  private final SourceIntakes intakes;
  private final FailedCalls failed;

  PushController(ReceiveEvents receive, SourceIntakes intakes, FailedCalls failed) {
    this.receive = receive;
    this.intakes = intakes;
    this.failed = failed;
  }

  /** What became of the events of a request. */
  record Taken(
      @Schema(description = "Events that were not known.") int accepted,
      @Schema(description = "Events that were kept before.") int duplicates,
      @Schema(
              description =
                  "Of the accepted ones, those that cannot be read: they are in the list of events with the reason.")
          int refused) {}

  @PostMapping(Paths.ROOT + "/sources/{name}/events")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @SecurityRequirements
  @Operation(
      operationId = "pushEvents",
      summary = "Push events of a source",
      description =
          "For a source of the type push, as the system that it stands for sends them: with the source's secret as a bearer token, as the password of Basic, as X-Api-Key or X-Gitlab-Token, as the parameter secret, or, from Ceph, as opaqueData of each record; or with a body that is signed with it, as GitHub, Gitea and Forgejo do.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      mediaType = "*/*",
                      schema = @Schema(type = "string", format = "binary"))))
  Taken push(
      @PathVariable @Parameter(description = "As twinflow.yaml names it.") String name,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    Pushed pushed =
        new Pushed(
            ShownSecrets.of(request), headers(request), request.getContentType(), body(request));
    for (ConfiguredSource each : receive.all()) {
      if (each.name().equals(name) && each.source() instanceof PushSource source) {
        Optional<Message> message = accepted(name, source, pushed);
        if (message.isPresent()) {
          return take(each, source, message.get());
        }
      }
    }
    throw stranger(name, request, response);
  }

  private static Optional<Message> accepted(String name, PushSource source, Pushed pushed) {
    try {
      return source.accept(pushed);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "source {0}: what is pushed is not taken: {1}", name, e.getMessage());
      throw new ResponseStatusException(
          HttpStatus.SERVICE_UNAVAILABLE,
          "the secret of this source cannot be had now: send it again later; its administrator finds the reason with GET %s/sources/%s/check"
              .formatted(Paths.ROOT, name));
    }
  }

  private Taken take(ConfiguredSource configured, PushSource source, Message message)
      throws IOException {
    AtomicReference<Taken> taken = new AtomicReference<>(new Taken(0, 0, 0));
    intakes
        .of(
            configured,
            (accepted, duplicates, refused) -> taken.set(new Taken(accepted, duplicates, refused)))
        .take(List.of(message));
    source.took(1);
    return taken.get();
  }

  /** Whether there is such a source is nothing for strangers. */
  private ResponseStatusException stranger(
      String name, HttpServletRequest request, HttpServletResponse response) throws IOException {
    failed.keepBack(request.getRemoteAddr());
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Twinflow: a source's secret\"");
    return new ResponseStatusException(
        HttpStatus.UNAUTHORIZED,
        "there is no source %s of the type push with the secret that was shown; expected it as Authorization: Bearer SECRET, as the password of Basic, as X-Api-Key, as X-Gitlab-Token, as the parameter secret, as opaqueData of each record, or a signature by it as X-Hub-Signature-256"
            .formatted(name));
  }

  private static Map<String, String> headers(HttpServletRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
    }
    return headers;
  }

  private static byte[] body(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(MOST + 1);
    if (body.length > MOST) {
      throw new ResponseStatusException(
          HttpStatus.CONTENT_TOO_LARGE,
          "expected at most %d bytes; keep the data in a store and name it by the attribute dataref"
              .formatted(MOST));
    }
    return body;
  }
}
