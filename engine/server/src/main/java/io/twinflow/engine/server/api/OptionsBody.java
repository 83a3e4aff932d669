package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.server.security.Priorities;
import io.twinflow.executors.api.FailureKind;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a run shall behave; what is missing is as by default. */
@Schema(name = "Options")
record OptionsBody(
    @Nullable
        @Schema(
            description =
                "After the first failure: stop starts nothing new, continue goes on with what does not depend on it.",
            allowableValues = {"stop", "continue"},
            defaultValue = "stop")
        String onError,
    @Nullable
        @Schema(
            description = "Whether finished calls with the same content are used again.",
            defaultValue = "true")
        Boolean useCache,
    @Nullable
        @Schema(
            description =
                "How often a task may be tried again, by kind of failure: task, resources, infrastructure, internal.",
            example = "{\"resources\": 2}")
        Map<String, Integer> retries,
    @Nullable @Schema(description = "The same for exit codes among the tool's temporaryFailCodes.")
        Integer temporaryFailRetries,
    @Nullable
        @Schema(
            description = "none: tools run without containers.",
            allowableValues = {"auto", "none"},
            defaultValue = "auto")
        String containers,
    @Nullable
        @Schema(
            description =
                "From -100 to 100: among your runs the higher goes first. Above what your token allows it is refused.",
            minimum = "-100",
            maximum = "100",
            defaultValue = "0")
        Integer priority,
    @Nullable
        @Schema(
            description =
                "Where tasks go, by step; the empty text stands for all others. GET /api/v1/sites tells the names.",
            example = "{\"\": \"hpc\", \"simulate\": \"gpu\"}")
        Map<String, String> sites) {

  private static final int MOST_RETRIES = 100;

  static RunOptions of(@Nullable OptionsBody body, RunOptions before) throws BadRequestException {
    return body == null ? before : body.over(before);
  }

  private RunOptions over(RunOptions before) throws BadRequestException {
    if (priority != null && !Priorities.isOne(priority)) {
      throw new BadRequestException(
          "options.priority", "expected a number from -100 to 100, found " + priority);
    }
    return new RunOptions(
            onError == null ? before.onError() : pick(RunOptions.OnError.class, "onError", onError),
            useCache == null ? before.useCache() : useCache,
            retries == null ? before.retries() : kinds(retries),
            temporaryFailRetries == null
                ? before.temporaryFailRetries()
                : bounded("temporaryFailRetries", temporaryFailRetries),
            containers == null
                ? before.containers()
                : pick(RunOptions.ContainerUse.class, "containers", containers))
        .withPriority(priority == null ? before.priority() : priority)
        .withSites(sites == null ? before.sites() : sites);
  }

  private static Map<FailureKind, Integer> kinds(Map<String, Integer> retries)
      throws BadRequestException {
    Map<FailureKind, Integer> kinds = new EnumMap<>(FailureKind.class);
    for (Map.Entry<String, Integer> entry : retries.entrySet()) {
      String field = "retries." + entry.getKey();
      kinds.put(
          pick(FailureKind.class, "retries", entry.getKey()), bounded(field, entry.getValue()));
    }
    return kinds;
  }

  private static int bounded(String field, @Nullable Integer number) throws BadRequestException {
    if (number == null || number < 0 || number > MOST_RETRIES) {
      throw new BadRequestException(
          "options." + field, "expected a number from 0 to %d".formatted(MOST_RETRIES));
    }
    return number;
  }

  private static <E extends Enum<E>> E pick(Class<E> type, String field, String text)
      throws BadRequestException {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw new BadRequestException(
        "options." + field,
        "\"%s\" is not known; expected one of %s"
            .formatted(
                text, java.util.Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
  }
}
