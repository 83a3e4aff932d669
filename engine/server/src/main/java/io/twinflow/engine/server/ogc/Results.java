package io.twinflow.engine.server.ogc;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.server.results.Downloads;
import io.twinflow.engine.server.results.FindOutput;
import io.twinflow.engine.server.results.MediaTypes;
import io.twinflow.engine.server.results.OutputLinks;
import io.twinflow.engine.server.results.OutputPath;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.PublicText;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The results of a job in the form that was asked for. Part 1, "Execute", "Response". */
@Component
class Results {

  private static final String REL = "http://www.opengis.net/def/rel/ogc/1.0/results";

  private final Runs runs;
  private final Downloads downloads;
  private final FindOutput find;
  private final ResultDocument document;
  private final RawResult raw;
  private final JsonMapper json;

  Results(
      Runs runs,
      Downloads downloads,
      ResultDocument document,
      RawResult raw,
      JsonMapper json,
      FindOutput find) {
    this.find = find;
    this.runs = runs;
    this.downloads = downloads;
    this.document = document;
    this.raw = raw;
    this.json = json;
  }

  /**
   * @param sync whether it answers the execution itself, where a single output stands for itself
   */
  void send(
      Caller caller,
      JobRow job,
      ExecuteRequest request,
      boolean sync,
      HttpServletRequest http,
      HttpServletResponse response)
      throws IOException, FailureException, NoSuchRunException {
    RecordValue outputs = outputs(caller, job);
    request
        .unknown(List.copyOf(outputs.fields().keySet()))
        .ifPresent(name -> {
          throw noSuchOutput(name, outputs);
        });
    List<String> asked = request.chosen(List.copyOf(outputs.fields().keySet()));
    List<String> names = present(asked, outputs);
    Base base = Base.ofRequest();
    if (!names.isEmpty() && isRaw(request, sync, asked, outputs, http)) {
      if (names.stream().allMatch(request::isReferenced)) {
        references(base, job, names, response);
      } else if (asked.size() == 1) {
        raw.send(outputs.get(names.getFirst()), Pages.accepted(http), response);
      } else {
        raw.sendAll(names, outputs, response);
      }
      return;
    }
    if (Pages.wantsHtml(http)) {
      page(base, job, names, outputs, response);
      return;
    }
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    document.write(base, job.id(), names, outputs, request::inlined, response.getOutputStream());
  }

  /** What was asked for and is there: an output without a value is left out. */
  private static List<String> present(List<String> asked, RecordValue outputs) {
    List<String> names = new ArrayList<>(asked);
    names.removeIf(name -> outputs.get(name) instanceof NullValue);
    return names;
  }

  /** The form follows from what was asked for, whichever of it has a value. */
  private static boolean isRaw(
      ExecuteRequest request,
      boolean sync,
      List<String> asked,
      RecordValue outputs,
      HttpServletRequest http) {
    if (request.form() != null) {
      return request.form() == ExecuteRequest.Form.RAW;
    }
    List<MediaType> accepted = Pages.accepted(http);
    if (!accepted.isEmpty() && accepted.getFirst().getType().equals("multipart")) {
      return true;
    }
    return sync && asked.size() == 1 && raw(outputs.get(asked.getFirst()), accepted);
  }

  /** A file that is no JSON does not answer a client that wants JSON. */
  private static boolean raw(Value value, List<MediaType> accepted) {
    return accepted.isEmpty()
        || !(value instanceof FileValue file)
        || accepted.stream().anyMatch(type -> type.includes(MediaTypes.of(file)));
  }

  private static void references(
      Base base, JobRow job, List<String> names, HttpServletResponse response) {
    response.setStatus(HttpStatus.NO_CONTENT.value());
    for (String name : names) {
      response.addHeader(
          HttpHeaders.LINK,
          "<%s>; rel=\"%s\""
              .formatted(ResultDocument.url(base, job.id(), OutputPath.of(name)), REL));
    }
  }

  private void page(
      Base base, JobRow job, List<String> names, RecordValue outputs, HttpServletResponse response)
      throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    document.write(base, job.id(), names, outputs, name -> false, text);
    response.setContentType("text/html;charset=UTF-8");
    response
        .getOutputStream()
        .write(
            HtmlPage.of("Results of job " + job.id(), json.readTree(text.toByteArray()), base.url())
                .getBytes(StandardCharsets.UTF_8));
  }

  /** One output, or what stands in it; files with ranges. Null if it was written already. */
  @Nullable ResponseEntity<?> one(
      Caller caller,
      JobRow job,
      HttpServletRequest http,
      HttpServletResponse response,
      ExecuteRequest request)
      throws IOException, FailureException, NoSuchRunException {
    RecordValue outputs = outputs(caller, job);
    String uri = http.getRequestURI();
    OutputPath path = OutputPath.parse(uri.substring(uri.indexOf("/results/") + 9));
    String output = path.names().isEmpty() ? "" : path.names().getFirst();
    if (!outputs.fields().containsKey(output)) {
      throw noSuchOutput(output, outputs);
    }
    Optional<Value> found = find.at(path, outputs);
    boolean asked = request.outputs() == null || request.outputs().containsKey(output);
    if (!asked || found.isEmpty() || found.get() instanceof NullValue) {
      throw notAvailable("there is no result at " + path.encoded());
    }
    try {
      return switch (found.get()) {
        case FileValue file when OutputLinks.isElsewhere(file) -> {
          raw.send(file, Pages.accepted(http), response);
          yield null;
        }
        case FileValue file -> downloads.file(file, http.getHeader(HttpHeaders.RANGE));
        case DirectoryValue folder -> {
          downloads.folder(folder, response);
          yield null;
        }
        case RecordValue _,
            ListValue _,
            NullValue _,
            BooleanValue _,
            IntegerValue _,
            DecimalValue _,
            StringValue _ -> {
          raw.send(found.get(), Pages.accepted(http), response);
          yield null;
        }
      };
    } catch (FileNotFoundException e) {
      throw notAvailable(String.valueOf(e.getMessage()));
    }
  }

  private static RuntimeException noSuchOutput(String name, RecordValue outputs) {
    return OgcErrors.core(
        HttpStatus.BAD_REQUEST,
        "no-such-output",
        "the job has no output %s; it has %s".formatted(name, outputs.fields().keySet()));
  }

  private static RuntimeException notAvailable(String detail) {
    return OgcErrors.core(HttpStatus.NOT_FOUND, "result-not-available", detail);
  }

  private RecordValue outputs(Caller caller, JobRow job)
      throws FailureException, NoSuchRunException {
    RunRow run = runs.get(caller, job.id());
    return switch (job.status()) {
      case ACCEPTED, RUNNING ->
          throw OgcErrors.core(
              HttpStatus.NOT_FOUND,
              "result-not-ready",
              "job %s has not ended yet".formatted(job.id()));
      case DISMISSED -> throw notAvailable("job %s was dismissed".formatted(job.id()));
      case FAILED -> throw failed(runs.end(run));
      case SUCCESSFUL -> runs.outputs(run).orElse(RecordValue.EMPTY);
    };
  }

  private static RuntimeException failed(Optional<Event.RunEnded> end) {
    Failure failure = end.isEmpty() ? null : end.get().failure();
    if (failure == null) {
      return OgcErrors.failed(HttpStatus.INTERNAL_SERVER_ERROR, "unknown", "the job has failed");
    }
    HttpStatus status =
        switch (failure.kind()) {
          case USER -> HttpStatus.BAD_REQUEST;
          case RESOURCES -> HttpStatus.INSUFFICIENT_STORAGE;
          case INFRASTRUCTURE -> HttpStatus.SERVICE_UNAVAILABLE;
          case TASK, INTERNAL, CANCELLED -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    return OgcErrors.failed(status, failure.code(), PublicText.of(failure.message()));
  }
}
