package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.triggers.firing.Firing;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a trigger made of events. */
@Schema(name = "Firing")
@JsonInclude(JsonInclude.Include.NON_NULL)
record FiringView(
    long id,
    String trigger,
    @Schema(description = "The trigger's.") int version,
    @Schema(
            description =
                "collecting events, deciding by a table, waiting for its turn, starting, checking its data, started, done (its run has ended), skipped, or dead or quarantined (its data were not found good): it makes no run unless it is replayed.")
        String state,
    @Nullable @Schema(description = "Why it is not further, or came to nothing.") String reason,
    @Nullable @Schema(description = "Which events it collects.") String key,
    @Nullable String run,
    @Nullable @Schema(description = "What looks, or has looked, at its data.") String checkRun,
    @Nullable
        @JsonRawValue
        @Schema(
            description =
                "What a table decided: the decision's name, the digest of its document, the rules that matched, and its outputs.",
            types = "object")
        String decision,
    @Schema(description = "How many events it has.") int count,
    @Nullable @Schema(description = "Their numbers in the inbox; not in lists.") List<Long> events,
    @Schema(description = "UTC.") Instant created,
    @Schema(description = "UTC.") Instant changed,
    Map<String, String> links) {

  private static final Set<String> MADE = Set.of("started", "done");
  private static final Set<String> CHECKED = Set.of("checking", "quarantined", "started", "done");

  static FiringView inList(Firing firing) {
    return of(firing, null);
  }

  static FiringView of(Firing firing, @Nullable List<Long> events) {
    Map<String, String> links = new LinkedHashMap<>();
    links.put("self", FiringController.FIRINGS + "/" + firing.id());
    links.put("trigger", TriggerController.TRIGGERS + "/" + firing.trigger());
    links.put("version", TriggerVersionController.path(firing.trigger(), firing.version()));
    // It has its name before it is made, which may come to nothing.
    @Nullable String run = MADE.contains(firing.state()) ? firing.run() : null;
    if (run != null) {
      links.put("run", Paths.run(run));
    }
    @Nullable String check = CHECKED.contains(firing.state()) ? firing.checkRun() : null;
    if (check != null) {
      links.put("check", Paths.run(check));
    }
    return new FiringView(
        firing.id(),
        firing.trigger(),
        firing.version(),
        firing.state(),
        firing.reason(),
        firing.key().isEmpty() ? null : firing.key(),
        run,
        check,
        firing.decided(),
        firing.events(),
        events,
        firing.created(),
        firing.changed(),
        links);
  }
}
