package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.server.runs.AttemptLogs;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.executors.api.LogStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the attempts of tasks wrote. */
@RestController
@RequestMapping(Paths.ROOT + "/runs/{id}/tasks/{task}/attempts/{attempt}")
@Tag(name = "Logs")
class LogController {

  private static final String DESCRIPTION =
      "Plain text, from the beginning or as Range or tail say. What a tool writes into an output file is in no log.";

  private final Runs runs;
  private final AttemptLogs logs;

  LogController(Runs runs, AttemptLogs logs) {
    this.runs = runs;
    this.logs = logs;
  }

  @GetMapping("/{stream:stdout|stderr}")
  @Operation(summary = "Read what an attempt wrote", description = DESCRIPTION)
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/plain"))
  @ApiResponse(
      responseCode = "206",
      description = "The range.",
      content = @Content(mediaType = "text/plain"))
  void log(
      @PathVariable @Parameter(description = "The run's id.") String id,
      @PathVariable @Parameter(description = "The task's number in the run.") long task,
      @PathVariable @Parameter(description = "The attempt's number, from 1.") int attempt,
      @PathVariable @Parameter(description = "stdout or stderr.") String stream,
      @RequestParam(required = false)
          @Parameter(description = "Only the last lines, so many of them.")
          @Nullable Integer tail,
      @RequestParam(defaultValue = "false")
          @Parameter(description = "Go on until the attempt has ended.")
          boolean follow,
      @RequestHeader(name = HttpHeaders.RANGE, required = false)
          @Parameter(description = "Bytes, as bytes=1000-.")
          @Nullable String range,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller,
      HttpServletRequest request,
      HttpServletResponse response)
      throws NoSuchRunException,
          BadRequestException,
          NotThereException,
          IOException,
          InterruptedException {
    AttemptLogs.Log log =
        new AttemptLogs.Log(
            runs.get(caller, id),
            task,
            attempt,
            LogStream.valueOf(stream.toUpperCase(Locale.ROOT)));
    if (tail != null && tail < 0) {
      throw new BadRequestException("tail", "expected a number of lines");
    }
    long size;
    try (InputStream in = logs.open(log)) {
      size = Streams.size(in);
    }
    if (size == 0 && !logs.exists(log)) {
      throw new NotThereException(
          "run %s has made no attempt %d of task %d".formatted(id, attempt, task));
    }
    response.setContentType("text/plain;charset=UTF-8");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    boolean body = !request.getMethod().equals("HEAD");
    if (follow) {
      if (body) {
        logs.follow(log, tail == null ? 0 : tailStart(log, tail), response.getOutputStream());
      }
      return;
    }
    try (InputStream in = logs.open(log)) {
      if (tail == null) {
        ByteRange.answer(in, size, range, body, response);
      } else {
        in.skipNBytes(tailStart(log, tail));
        in.transferTo(response.getOutputStream());
      }
    }
  }

  private long tailStart(AttemptLogs.Log log, int lines) throws IOException {
    try (InputStream in = logs.open(log)) {
      return Streams.startOfLast(in, lines);
    }
  }
}
