package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.server.results.Downloads;
import io.twinflow.engine.server.results.FindOutput;
import io.twinflow.engine.server.results.OutputBytes;
import io.twinflow.engine.server.results.OutputLinks;
import io.twinflow.engine.server.results.OutputPath;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Files and folders of runs. */
@RestController
@RequestMapping(Paths.ROOT + "/runs/{id}")
@Tag(name = "Data")
class DownloadController {

  private static final String PATH =
      "The name of the output or input, then indices of lists, fields of records, names in folders, or secondaryFiles/N: maps/2/legend.txt.";
  private static final String DESCRIPTION =
      "A file comes with its checksum as ETag, and in parts if Range asks for them; a folder as a JSON listing, or whole with zip=true; any other value as JSON.";

  private static final String PRESIGNED =
      "Where the server keeps files in an object store: a redirect (307) to a URL there that anybody can read for 15 minutes, without a token.";
  private static final Duration LINK_LIVES = Duration.ofMinutes(15);

  private final Runs runs;
  private final OutputBytes bytes;
  private final Downloads downloads;
  private final FindOutput find;

  DownloadController(Runs runs, OutputBytes bytes, Downloads downloads, FindOutput find) {
    this.find = find;
    this.runs = runs;
    this.bytes = bytes;
    this.downloads = downloads;
  }

  @GetMapping("/outputs/{*path}")
  @Operation(summary = "Download an output", description = DESCRIPTION)
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "*/*"))
  @ApiResponse(
      responseCode = "206",
      description = "The range.",
      content = @Content(mediaType = "*/*"))
  @ApiResponse(
      responseCode = "307",
      description = "With presigned: where the object store gives it, for a while.",
      content = @Content)
  @ApiResponse(
      responseCode = "304",
      description = "It is as the caller has it.",
      content = @Content)
  void output(
      @PathVariable @Parameter(description = "The run's id.") String id,
      @PathVariable @Parameter(description = PATH) String path,
      @RequestParam(defaultValue = "false") @Parameter(description = "A folder as a ZIP archive.")
          boolean zip,
      @RequestParam(defaultValue = "false") @Parameter(description = PRESIGNED) boolean presigned,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller,
      HttpServletRequest request,
      HttpServletResponse response)
      throws NoSuchRunException, FailureException, NotThereException, IOException {
    RunRow run = runs.get(caller, id);
    RecordValue outputs = runs.outputs(run).orElse(RecordValue.EMPTY);
    answer(outputs, new Place(id, "outputs", zip, presigned), request, response);
  }

  @GetMapping("/inputs/{*path}")
  @Operation(summary = "Download an input", description = DESCRIPTION)
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "*/*"))
  @ApiResponse(
      responseCode = "206",
      description = "The range.",
      content = @Content(mediaType = "*/*"))
  @ApiResponse(
      responseCode = "307",
      description = "With presigned: where the object store gives it, for a while.",
      content = @Content)
  @ApiResponse(
      responseCode = "304",
      description = "It is as the caller has it.",
      content = @Content)
  void input(
      @PathVariable @Parameter(description = "The run's id.") String id,
      @PathVariable @Parameter(description = PATH) String path,
      @RequestParam(defaultValue = "false") @Parameter(description = "A folder as a ZIP archive.")
          boolean zip,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller,
      HttpServletRequest request,
      HttpServletResponse response)
      throws NoSuchRunException, FailureException, NotThereException, IOException {
    answer(
        runs.inputs(runs.get(caller, id)), new Place(id, "inputs", zip, false), request, response);
  }

  private record Place(String run, String what, boolean zip, boolean presigned) {
    String root() {
      return Paths.run(run) + "/" + what + "/";
    }
  }

  private void answer(
      RecordValue values, Place place, HttpServletRequest request, HttpServletResponse response)
      throws NotThereException, IOException {
    String uri = request.getRequestURI();
    int start = uri.indexOf("/" + place.what() + "/", uri.indexOf("/runs/"));
    OutputPath path = OutputPath.parse(uri.substring(start + place.what().length() + 2));
    if (path.names().isEmpty()) {
      throw new NotThereException("name an output, as in " + place.root() + "NAME");
    }
    Value value =
        find.at(path, values)
            .orElseThrow(() ->
                new NotThereException(
                    "run %s has no %s here; see %s"
                        .formatted(
                            place.run(),
                            place.what(),
                            Paths.run(place.run()) + "/" + place.what())));
    if (value instanceof FileValue file && place.presigned()) {
      elsewhere(file, response);
    } else if (value instanceof FileValue file) {
      SendFile.answer(file, bytes.open(file), request, response);
    } else if (value instanceof DirectoryValue folder && place.zip()) {
      downloads.folder(folder, response);
    } else {
      json(shown(value, path, place), response);
    }
  }

  private void elsewhere(FileValue file, HttpServletResponse response)
      throws IOException, NotThereException {
    URI link =
        bytes
            .link(file, LINK_LIVES)
            .orElseThrow(() ->
                new NotThereException(
                    "this server keeps files in a folder, which has no presigned links; ask for the file without presigned=true"));
    response.setStatus(HttpServletResponse.SC_TEMPORARY_REDIRECT);
    response.setHeader(HttpHeaders.LOCATION, link.toString());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private Value shown(Value value, OutputPath path, Place place) throws IOException {
    OutputLinks links = new OutputLinks(p -> place.root() + p.encoded());
    if (!(value instanceof DirectoryValue folder)) {
      return links.of(value, path);
    }
    return links.of(folder.withListing(bytes.list(folder)), path);
  }

  private static void json(Value value, HttpServletResponse response) throws IOException {
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response
        .getOutputStream()
        .write((ValueJson.writePretty(value) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
