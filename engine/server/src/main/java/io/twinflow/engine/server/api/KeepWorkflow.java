package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.engine.server.runs.BadUploadException;
import io.twinflow.engine.server.runs.Catalogue;
import io.twinflow.engine.server.runs.CheckWork;
import io.twinflow.engine.server.runs.LoadSubmitted;
import io.twinflow.engine.server.runs.NewWorkflow;
import io.twinflow.engine.server.runs.ServedDecision;
import io.twinflow.engine.server.runs.ServedProcess;
import io.twinflow.engine.server.runs.Uploads;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes workflows into the catalogue, however they are sent. */
@Component
class KeepWorkflow {

  private static final String MULTIPART = "multipart/form-data";

  private final Uploads uploads;
  private final LoadSubmitted load;
  private final Catalogue catalogue;
  private final CheckWork checkWork;
  private final JsonMapper json;

  KeepWorkflow(
      Uploads uploads,
      LoadSubmitted load,
      Catalogue catalogue,
      CheckWork checkWork,
      JsonMapper json) {
    this.checkWork = checkWork;
    this.uploads = uploads;
    this.load = load;
    this.catalogue = catalogue;
    this.json = json;
  }

  /** A workflow that lies somewhere else. */
  @Schema(name = "WorkflowByUrl")
  record ByUrl(
      @Schema(description = "http or https.", example = "https://example.org/workflow.cwl")
          String url) {}

  /** The parts, for people. */
  @Schema(name = "WorkflowForm")
  record Form(
      @Schema(
              description = "A CWL, BPMN or DMN document, or an archive with all its files.",
              type = "string",
              format = "binary")
          String workflow,
      @Schema(
              description = "Files beside it, under the names they are referred to by.",
              type = "array",
              format = "binary")
          String files,
      @Schema(description = "The document to run, if it is not the part workflow.") String main,
      @Schema(description = "A name to find it by.") String name) {}

  private record Sent(String place, @Nullable String name) {}

  ResponseEntity<WorkflowView> of(
      HttpServletRequest request, @Nullable String name, @Nullable String main, Caller caller)
      throws IOException, BadRequestException, BadUploadException, InvalidDefinitionException {
    Path folder = uploads.newFolder();
    boolean kept = false;
    try {
      Sent sent =
          type(request).startsWith(MULTIPART)
              ? form(folder, request)
              : new Sent(body(folder, request, name, main), name);
      if (sent.name() != null) {
        WorkflowText.fileName(sent.name());
      }
      WorkflowView view = keep(folder, sent, caller);
      kept = true;
      return uploads.of(view.id()).contains(String.valueOf(folder.getFileName()))
          ? ResponseEntity.created(URI.create(Paths.workflow(view.id()))).body(view)
          : ResponseEntity.ok().body(view);
    } finally {
      if (!kept) {
        uploads.discard(folder);
      }
    }
  }

  private WorkflowView keep(Path folder, Sent sent, Caller caller)
      throws IOException, InvalidDefinitionException {
    return switch (load.xml(folder, sent.place()).orElse(null)) {
      case ServedProcess process -> {
        checkWork.check(process, caller.subject());
        yield WorkflowView.of(
            catalogue.keep(caller, NewWorkflow.of(process), folder, sent.name()), process);
      }
      case ServedDecision decision ->
          WorkflowView.of(
              catalogue.keep(caller, NewWorkflow.of(decision), folder, sent.name()),
              decision.document());
      case null -> {
        WorkflowDocument document = load.workflow(folder, sent.place());
        yield WorkflowView.of(
            catalogue.keep(caller, NewWorkflow.of(document), folder, sent.name()), document);
      }
    };
  }

  private static String type(HttpServletRequest request) {
    String type = request.getContentType();
    return type == null ? "" : type.toLowerCase(Locale.ROOT);
  }

  private static Sent form(Path folder, HttpServletRequest request)
      throws IOException, BadRequestException, BadUploadException {
    FormParts parts = FormParts.into(folder, request, false);
    @Nullable String main = parts.text("main").orElse(null);
    @Nullable String name = parts.text("name").orElse(null);
    Optional<Path> file = parts.file(SubmittedForm.WORKFLOW);
    return new Sent(
        file.isPresent()
            ? SubmittedForm.document(folder, file.get(), main)
            : MainDocument.of(folder, main),
        name);
  }

  private String body(
      Path folder, HttpServletRequest request, @Nullable String name, @Nullable String main)
      throws IOException, BadRequestException, BadUploadException {
    Path file = folder.resolve(WorkflowText.fileName(name));
    try (InputStream in = request.getInputStream()) {
      if (Files.copy(in, file) == 0) {
        throw new BadRequestException("body", "expected a workflow, found nothing");
      }
    }
    if (type(request).startsWith("application/json")) {
      JsonNode node = json.readTree(file);
      if (node.has("url")) {
        return url(node);
      }
    }
    return SubmittedForm.document(folder, file, main);
  }

  private static String url(JsonNode node) throws BadRequestException {
    String url = node.get("url").asString("");
    if (!WorkflowText.isUrl(url)) {
      throw new BadRequestException("url", "expected an http or https URL");
    }
    return url;
  }
}
