package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.server.runs.CannotDecideException;
import io.twinflow.engine.server.runs.Catalogue;
import io.twinflow.engine.server.runs.DecideByTable;
import io.twinflow.engine.server.runs.KeptWorkflow;
import io.twinflow.engine.server.runs.Kind;
import io.twinflow.engine.server.runs.NoSuchWorkflowException;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/workflows}: the catalogue. */
@RestController
@RequestMapping(Paths.ROOT + "/workflows")
@Tag(name = "Workflows")
class WorkflowController {

  private static final List<String> ARCHIVES =
      List.of(
          "application/zip",
          "application/x-zip-compressed",
          "application/gzip",
          "application/x-gzip",
          "application/x-tar",
          "application/x-gtar",
          "application/octet-stream");
  private static final String REFERENCE =
      "Its id, its version, or its name, which stands for the newest that has it.";

  private final Catalogue catalogue;
  private final KeepWorkflow keep;
  private final DecideByTable decide;

  WorkflowController(Catalogue catalogue, KeepWorkflow keep, DecideByTable decide) {
    this.decide = decide;
    this.catalogue = catalogue;
    this.keep = keep;
  }

  static boolean isArchive(String contentType) {
    return ARCHIVES.stream().anyMatch(contentType::startsWith);
  }

  /** A page of workflows. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record WorkflowPage(
      List<WorkflowInList> workflows,
      @Nullable @Schema(description = "Where the next page is; missing on the last one.")
          String next) {}

  @PostMapping
  @Operation(
      operationId = "keepWorkflow",
      summary = "Keep a workflow",
      description =
          "Send a CWL document (YAML or JSON, also a packed one), a BPMN 2.0 or DMN document, an archive (ZIP, tar, tar.gz) with all its files, or {\"url\": …}. The same content again is the same workflow.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content = {
                @Content(
                    mediaType = "application/cwl",
                    schema = @Schema(type = "string", format = "binary")),
                @Content(
                    mediaType = "application/xml",
                    schema = @Schema(type = "string", format = "binary")),
                @Content(
                    mediaType = "application/zip",
                    schema = @Schema(type = "string", format = "binary")),
                @Content(
                    mediaType = "application/gzip",
                    schema = @Schema(type = "string", format = "binary")),
                @Content(
                    mediaType = "application/json",
                    schema = @Schema(implementation = KeepWorkflow.ByUrl.class)),
                @Content(
                    mediaType = "multipart/form-data",
                    schema = @Schema(implementation = KeepWorkflow.Form.class))
              }))
  @ApiResponse(
      responseCode = "201",
      description = "The workflow.",
      content = @Content(schema = @Schema(implementation = WorkflowView.class)))
  @ApiResponse(
      responseCode = "200",
      description = "The workflow, which was kept before.",
      content = @Content(schema = @Schema(implementation = WorkflowView.class)))
  ResponseEntity<WorkflowView> add(
      @RequestParam(required = false)
          @Parameter(
              description =
                  "A name to find it by; without it, the document's own. Not for form data, which has a part for it.")
          @Nullable String name,
      @RequestParam(required = false)
          @Parameter(
              description = "In an archive: the document to run, as main.cwl or main.cwl#step.")
          @Nullable String main,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws Exception {
    return keep.of(request, name, main, caller);
  }

  @GetMapping
  @Operation(
      operationId = "listWorkflows",
      summary = "List workflows",
      description = "Newest first.")
  WorkflowPage list(
      @RequestParam(required = false) @Parameter(description = "Only with this name.")
          @Nullable String name,
      @RequestParam(defaultValue = "50") @Parameter(description = "At most so many, up to 1000.")
          int limit,
      @RequestParam(required = false) @Parameter(description = "From \"next\" of the page before.")
          @Nullable String cursor,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws BadRequestException {
    RunQuery.limit(limit);
    for (String text : new @Nullable String[] {name, cursor}) {
      if (text != null && Labels.isBad(text, 255)) {
        throw new BadRequestException("name", "no workflow can be called so");
      }
    }
    StringBuilder next = new StringBuilder(Paths.ROOT + "/workflows");
    if (name != null) {
      next.append(Paths.parameter(next, "name", name));
    }
    Page<KeptWorkflow> page =
        Page.of(
            catalogue.page(caller, name, cursor, limit + 1),
            limit,
            next,
            "cursor",
            KeptWorkflow::id);
    return new WorkflowPage(page.as(WorkflowInList::of), page.next());
  }

  @GetMapping("/{id}")
  @Operation(
      operationId = "getWorkflow",
      summary = "Describe a workflow",
      description = "With its inputs and outputs.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = WorkflowView.class)))
  @ApiResponse(
      responseCode = "304",
      description = "It is as the caller has it.",
      content = @Content)
  ResponseEntity<WorkflowView> get(
      @PathVariable @Parameter(description = REFERENCE) String id,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws NoSuchWorkflowException, InvalidDefinitionException, CannotDecideException {
    KeptWorkflow workflow = find(caller, id);
    return ResponseEntity.ok()
        .eTag("\"" + workflow.id() + "\"")
        .body(
            workflow.kind() == Kind.DMN
                ? WorkflowView.of(workflow, decide.document(workflow))
                : WorkflowView.of(workflow, catalogue.load(workflow)));
  }

  @GetMapping("/{id}/source")
  @Operation(
      operationId = "getWorkflowSource",
      summary = "Download the pinned sources",
      description =
          "All documents of a workflow in CWL as one line of JSON, or a document in BPMN or DMN as it was sent; its SHA-256 is the workflow's version.")
  @ApiResponse(
      responseCode = "200",
      content = {@Content(mediaType = "application/json"), @Content(mediaType = "application/xml")})
  @ApiResponse(
      responseCode = "304",
      description = "It is as the caller has it.",
      content = @Content)
  ResponseEntity<byte[]> source(
      @PathVariable @Parameter(description = REFERENCE) String id,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws NoSuchWorkflowException {
    KeptWorkflow workflow = find(caller, id);
    boolean json = workflow.kind() == Kind.CWL;
    String pinned = catalogue.pinned(workflow);
    return ResponseEntity.ok()
        .contentType(json ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_XML)
        .eTag("\"" + workflow.version() + "\"")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"%s.%s\""
                .formatted(workflow.version(), json ? "json" : workflow.kind().text()))
        .body(
            (json ? pinned.substring(pinned.indexOf('\n') + 1) : pinned)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @DeleteMapping("/{id}")
  @Operation(
      operationId = "deleteWorkflow",
      summary = "Forget a workflow",
      description = "Runs that were made of it stay.")
  @ApiResponse(responseCode = "204", description = "It is gone.")
  ResponseEntity<Void> delete(
      @PathVariable @Parameter(description = "Its id.") String id,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws NoSuchWorkflowException {
    KeptWorkflow workflow = find(caller, id);
    if (!workflow.id().equals(id)) {
      throw new NoSuchWorkflowException(id + " of this id (to delete one, give its id)");
    }
    catalogue.delete(workflow);
    return ResponseEntity.noContent().build();
  }

  private KeptWorkflow find(Caller caller, String id) throws NoSuchWorkflowException {
    return catalogue.find(caller, id).orElseThrow(() -> new NoSuchWorkflowException(id));
  }
}
