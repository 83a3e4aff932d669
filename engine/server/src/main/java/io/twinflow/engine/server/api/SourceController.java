package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.engine.server.triggers.ReceiveEvents;
import io.twinflow.triggers.source.ConfiguredSource;
import io.twinflow.triggers.source.SourceState;
import io.twinflow.triggers.source.bucket.Sweep;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/sources}: from where this server takes events. */
@RestController
@RequestMapping(Paths.ROOT + "/sources")
@Tag(name = "Events")
class SourceController {

  private final ReceiveEvents receive;

  SourceController(ReceiveEvents receive) {
    this.receive = receive;
  }

  /** A source. */
  @Schema(name = "Source")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SourceView(
      String name,
      @Schema(description = "Whether this server receives it; one of several does.") boolean here,
      @Nullable @Schema(description = "Whether it receives now.") Boolean connected,
      @Nullable @Schema(description = "Since when; UTC.") Instant since,
      @Nullable @Schema(description = "Why it does not receive.") String trouble,
      @Nullable @Schema(description = "Messages since this server receives it.") Long taken,
      @Nullable
          @Schema(
              description =
                  "Messages that its broker has for it and has not given yet; of Kafka, NATS and AMQP.")
          Long lag,
      @Nullable @Schema(description = "The listing of the bucket of which it tells.")
          SweepView sweep) {

    static SourceView of(ConfiguredSource configured, boolean here) {
      if (!here) {
        return new SourceView(configured.name(), false, null, null, null, null, null, null);
      }
      SourceState state = configured.source().state();
      return new SourceView(
          configured.name(),
          true,
          state.connected(),
          state.since(),
          state.trouble(),
          state.taken(),
          state.lag(),
          SweepView.of(configured.sweep()));
    }
  }

  /** How the listing of a bucket is. */
  @Schema(name = "Sweep")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SweepView(
      @Schema(description = "Whether the bucket could be listed.") boolean connected,
      @Schema(description = "Since when; UTC.") Instant since,
      @Nullable @Schema(description = "Why it cannot be listed.") String trouble,
      @Schema(description = "Objects of which nobody had told, since this server receives it.")
          long found) {

    static @Nullable SweepView of(@Nullable Sweep sweep) {
      if (sweep == null) {
        return null;
      }
      SourceState state = sweep.state();
      return new SweepView(state.connected(), state.since(), state.trouble(), state.taken());
    }
  }

  /** All of them. */
  record SourceList(List<SourceView> sources) {}

  @GetMapping
  @Operation(
      operationId = "listSources",
      summary = "List sources of events",
      description = "Those whose events one's triggers may be for; for administrators all.")
  SourceList list(@Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
    return new SourceList(
        receive.all().stream()
            .filter(source -> caller.administrator() || source.isFor(caller.subject()))
            .map(source -> SourceView.of(source, receive.isReceiving()))
            .toList());
  }

  @GetMapping("/{name}/check")
  @Operation(
      operationId = "checkSource",
      summary = "Look at a source",
      description =
          "Asks its broker: what answers, what is allowed, what is missing and how to mend it; takes no message. For administrators.")
  CheckView check(
      @PathVariable @Parameter(description = "As the list of sources tells it.") String name,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
    CheckView.forAdministrators(caller);
    ConfiguredSource source =
        receive.all().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                CheckView.none(
                    "source", name, receive.all().stream().map(ConfiguredSource::name).toList()));
    return CheckView.of(name, source.check());
  }
}
