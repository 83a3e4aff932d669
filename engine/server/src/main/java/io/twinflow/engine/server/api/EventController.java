package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cloudevents.CloudEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.engine.server.triggers.TriggerBells;
import io.twinflow.triggers.cloudevents.HttpBinding;
import io.twinflow.triggers.cloudevents.JsonFormat;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import io.twinflow.triggers.firing.Firings;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.inbox.KeptEvent;
import io.twinflow.triggers.inbox.Sender;
import io.twinflow.triggers.s3.S3Notification;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/events}: the inbox, by CloudEvents over HTTP. */
@RestController
@RequestMapping(EventController.EVENTS)
@Tag(name = "Events")
class EventController {

  static final String EVENTS = Paths.ROOT + "/events";
  private static final int LONGEST = 4096;

  private final Inbox inbox;
  private final Firings firings;
  private final TriggerBells bells;
  private final MeterRegistry meters;

  EventController(Inbox inbox, Firings firings, TriggerBells bells, MeterRegistry meters) {
    this.inbox = inbox;
    this.firings = firings;
    this.bells = bells;
    this.meters = meters;
  }

  /** What became of the events of a request. */
  record Accepted(
      @Schema(description = "Events that were not known.") int accepted,
      @Schema(description = "Events that were kept before: of the same source and id.")
          int duplicates) {}

  /** A page of the inbox. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record EventPage(
      List<EventView> events,
      @Nullable @Schema(description = "Where the next page is; missing on the last one.")
          String next) {}

  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "sendEvents",
      summary = "Send events",
      description =
          "CloudEvents 1.0 over HTTP: one in headers and body, one as JSON, or a batch. They are durable when this is answered, each once, however often it is sent. Data of more than 1 MiB is sent by reference (dataref).",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = {
                @Content(mediaType = JsonFormat.EVENT, schema = @Schema(type = "object")),
                @Content(mediaType = JsonFormat.BATCH, schema = @Schema(type = "object")),
                @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary"))
              }))
  Accepted send(
      @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
      @RequestBody(required = false) byte @Nullable [] body,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws Exception {
    return keep(
        "http",
        caller,
        () ->
            HttpBinding.read(
                headers.getFirst(HttpHeaders.CONTENT_TYPE), single(headers), bytes(body)));
  }

  @PostMapping("/s3")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "sendS3Notification",
      summary = "Send a notification of a bucket",
      description =
          "As MinIO, AWS and Ceph write it, or EventBridge; for each object an event com.amazonaws.s3.… with the object's key as its subject and the record as its data. MinIO sends the token that it is given as auth_token.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(mediaType = "application/json", schema = @Schema(type = "object"))))
  Accepted notified(
      @RequestBody(required = false) byte @Nullable [] body,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws Exception {
    return keep("s3", caller, () -> S3Notification.read(bytes(body)));
  }

  private static byte[] bytes(byte @Nullable [] body) {
    return body == null ? new byte[0] : body;
  }

  /** What makes events of a request. */
  private interface Reading {
    List<CloudEvent> events() throws MalformedEventException, BadRequestException;
  }

  private Accepted keep(String source, Caller caller, Reading reading) throws Exception {
    try {
      List<Boolean> kept =
          inbox.keep(new Sender(caller.tenant(), caller.subject()), reading.events());
      bells.eventsCame();
      int accepted = (int) kept.stream().filter(isNew -> isNew).count();
      count(source, "accepted", accepted);
      count(source, "duplicate", kept.size() - accepted);
      return new Accepted(accepted, kept.size() - accepted);
    } catch (MalformedEventException e) {
      count(source, "refused", 1);
      throw refusal(e);
    }
  }

  private static Exception refusal(MalformedEventException e) {
    String words = e.attribute() + ": " + e.getMessage();
    return e.isTooLarge()
        ? new BodyTooLargeException(words)
        : new BadRequestException(e.attribute(), words);
  }

  private void count(String source, String outcome, int events) {
    meters.counter("twinflow.events", "source", source, "outcome", outcome).increment(events);
  }

  /** Of the names that may be attributes. */
  private static Map<String, String> single(HttpHeaders headers) throws BadRequestException {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : headers.headerNames()) {
      List<String> all = headers.getOrEmpty(name);
      if (all.size() > 1 && name.toLowerCase(Locale.ROOT).startsWith("ce-")) {
        throw new BadRequestException(name, name + ": this header is there twice");
      }
      values.put(name, all.getFirst());
    }
    return values;
  }

  @RequestMapping(method = RequestMethod.OPTIONS)
  @Operation(
      operationId = "allowEvents",
      summary = "Agree to be sent events",
      description =
          "The handshake of HTTP 1.1 Web Hooks for Event Delivery: whoever has a token may send, at any rate.")
  @ApiResponse(
      responseCode = "200",
      description = "Events may be sent.",
      headers = {
        @Header(
            name = "WebHook-Allowed-Origin",
            description = "The origin that asks.",
            schema = @Schema(type = "string")),
        @Header(
            name = "WebHook-Allowed-Rate",
            description = "* for any rate.",
            schema = @Schema(type = "string"))
      },
      content = @Content)
  ResponseEntity<Void> handshake(
      @RequestHeader(name = "WebHook-Request-Origin", required = false)
          @Parameter(description = "The system that wants to send.")
          @Nullable String origin) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
    answer.header(HttpHeaders.ALLOW, "GET,HEAD,POST,OPTIONS");
    if (origin != null && !origin.isBlank() && origin.chars().noneMatch(Character::isISOControl)) {
      answer.header("WebHook-Allowed-Origin", origin).header("WebHook-Allowed-Rate", "*");
    }
    return answer.build();
  }

  @GetMapping
  @Operation(
      operationId = "listEvents",
      summary = "List events",
      description = "Newest first, without their data; one's own, or for administrators all.")
  EventPage list(
      @RequestParam(required = false) @Parameter(description = "Only of this source.")
          @Nullable String source,
      @RequestParam(required = false) @Parameter(description = "Only of this type.")
          @Nullable String type,
      @RequestParam(required = false) @Parameter(description = "Only about this subject.")
          @Nullable String subject,
      @RequestParam(defaultValue = "50") @Parameter(description = "At most so many, up to 1000.")
          int limit,
      @RequestParam(required = false) @Parameter(description = "From \"next\" of the page before.")
          @Nullable Long before,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException, BadRequestException {
    RunQuery.limit(limit);
    StringBuilder next = new StringBuilder(EVENTS);
    text(next, "source", source);
    text(next, "type", type);
    text(next, "subject", subject);
    Inbox.Query query =
        new Inbox.Query(
            caller.administrator() ? null : caller.subject(), source, type, subject, before);
    Page<KeptEvent> page =
        Page.of(
            inbox.page(caller.tenant(), query, limit + 1),
            limit,
            next,
            "before",
            KeptEvent::number);
    return new EventPage(page.as(EventView::of), page.next());
  }

  private static void text(StringBuilder next, String name, @Nullable String value)
      throws BadRequestException {
    if (value == null) {
      return;
    }
    if (Labels.isBad(value, LONGEST)) {
      throw new BadRequestException(name, name + ": no event has this");
    }
    next.append(Paths.parameter(next, name, value));
  }

  @GetMapping("/{number}")
  @Operation(
      operationId = "getEvent",
      summary = "Get an event",
      description =
          "As JSON, with its data: as JSON if it is some, as text, or in base64. One's own, and those that one's triggers made something of.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = JsonFormat.EVENT, schema = @Schema(type = "object")))
  ResponseEntity<byte[]> get(
      @PathVariable @Parameter(description = "Its number in the inbox.") long number,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException, NotThereException {
    Optional<KeptEvent> found = inbox.find(caller.tenant(), number);
    if (found.isEmpty() || !maySee(caller, found.get())) {
      throw new NotThereException("there is no event " + number);
    }
    KeptEvent event = found.get();
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(JsonFormat.EVENT))
        .body(
            JsonFormat.write(event.event())
                .toString()
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Who sent it, and whose triggers made something of it. */
  private boolean maySee(Caller caller, KeptEvent event) throws IOException {
    if (caller.administrator() || event.sender().equals(caller.subject())) {
      return true;
    }
    Firings.Query theirs =
        new Firings.Query(caller.subject(), null, null, null, event.number(), null, null, null);
    return !firings.page(caller.tenant(), theirs, 1).isEmpty();
  }
}
