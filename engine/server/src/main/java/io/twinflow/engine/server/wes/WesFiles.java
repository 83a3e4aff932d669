package io.twinflow.engine.server.wes;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.server.results.Downloads;
import io.twinflow.engine.server.results.FindOutput;
import io.twinflow.engine.server.results.OutputPath;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.engine.server.views.TaskJson;
import io.twinflow.executors.api.LogStream;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What the URLs in logs and outputs lead to, with the credentials of the service. */
@RestController
@RequestMapping(WesErrors.BASE + "/runs/{id}")
class WesFiles {

  private final Runs runs;
  private final Downloads downloads;
  private final WesTasks tasks;
  private final FindOutput find;

  WesFiles(Runs runs, Downloads downloads, WesTasks tasks, FindOutput find) {
    this.find = find;
    this.tasks = tasks;
    this.runs = runs;
    this.downloads = downloads;
  }

  /** What all tools of the run wrote, one after the other in the order they were made. */
  @GetMapping("/{stream:stdout|stderr}")
  void runLog(
      @PathVariable String id,
      @PathVariable String stream,
      @AuthenticationPrincipal Caller caller,
      HttpServletResponse response)
      throws NoSuchRunException, IOException {
    RunRow run = runs.get(caller, id);
    plainText(response);
    try {
      tasks.each(run, task -> copy(run, task, stream, response));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @GetMapping("/tasks/{task}/{stream:stdout|stderr}")
  void taskLog(
      @PathVariable String id,
      @PathVariable String task,
      @PathVariable String stream,
      @AuthenticationPrincipal Caller caller,
      HttpServletResponse response)
      throws NoSuchRunException, IOException {
    RunRow run = runs.get(caller, id);
    TaskJson found = tasks.get(run, task);
    plainText(response);
    try {
      copy(run, found, stream, response);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void copy(RunRow run, TaskJson task, String stream, HttpServletResponse response) {
    if (task.attempts() > 0) {
      LogStream which = LogStream.valueOf(stream.toUpperCase(Locale.ROOT));
      try (InputStream in = runs.log(run, task.task(), task.attempts(), which)) {
        in.transferTo(response.getOutputStream());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void plainText(HttpServletResponse response) {
    response.setContentType("text/plain;charset=UTF-8");
    response.setHeader("X-Content-Type-Options", "nosniff");
  }

  @GetMapping("/outputs/**")
  @Nullable ResponseEntity<Resource> output(
      @PathVariable String id,
      @AuthenticationPrincipal Caller caller,
      HttpServletRequest request,
      HttpServletResponse response)
      throws NoSuchRunException, FailureException, IOException {
    RunRow run = runs.get(caller, id);
    String uri = request.getRequestURI();
    OutputPath path = OutputPath.parse(uri.substring(uri.indexOf("/outputs/") + 9));
    Optional<Value> found = find.at(path, runs.outputs(run).orElse(RecordValue.EMPTY));
    try {
      if (found.isPresent() && found.get() instanceof FileValue file) {
        return downloads.file(file, request.getHeader(HttpHeaders.RANGE));
      }
      if (found.isPresent() && found.get() instanceof DirectoryValue folder) {
        downloads.folder(folder, response);
        return null;
      }
    } catch (FileNotFoundException e) {
      throw missing(String.valueOf(e.getMessage()));
    }
    throw missing("the run has no file %s among its outputs".formatted(path.encoded()));
  }

  private static ResponseStatusException missing(String message) {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, message);
  }
}
