package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.server.runs.BadUploadException;
import io.twinflow.engine.server.runs.LoadSubmitted;
import io.twinflow.engine.server.runs.NoSuchWorkflowException;
import io.twinflow.engine.server.runs.Submission;
import io.twinflow.engine.server.runs.Unpack;
import io.twinflow.engine.server.runs.Uploads;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads submissions in form data. */
@Component
class SubmittedForm {

  static final String WORKFLOW = "workflow";
  private static final String INPUTS = "inputs";
  private static final String INPUTS_FILE = "inputs.json";
  private static final long LARGEST_INPUTS = 32L << 20;
  private static final String LABELS = "labels";
  private static final String OPTIONS = "options";
  private static final String NAME = "name";
  private static final String MAIN = "main";
  private static final Set<String> KNOWN = Set.of(WORKFLOW, INPUTS, LABELS, OPTIONS, NAME, MAIN);

  private final Uploads uploads;
  private final SubmittedJson references;
  private final LoadSubmitted load;
  private final JsonMapper json;

  SubmittedForm(Uploads uploads, SubmittedJson references, LoadSubmitted load, JsonMapper json) {
    this.uploads = uploads;
    this.references = references;
    this.load = load;
    this.json = json;
  }

  /** The parts, for people. */
  @Schema(name = "RunForm")
  record Form(
      @Schema(
              description =
                  "A CWL document or an archive (ZIP, tar, tar.gz), or as text: the id, version or name of a kept workflow, a URL, or a document.",
              type = "string",
              format = "binary",
              requiredMode = Schema.RequiredMode.REQUIRED)
          String workflow,
      @Schema(description = "In an archive or among several files: the document to run.")
          String main,
      @Schema(
              description =
                  "The input object, JSON or YAML, as text or file. Locations in it name the files sent along.")
          String inputs,
      @Schema(
              description =
                  "Files that the input object names. A part with the name of an input, or of inputs.NAME, is its value.",
              type = "array",
              format = "binary")
          String files,
      @Schema(description = "A JSON object.", example = "{\"site\": \"delft\"}") String labels,
      @Schema(description = "A JSON object.", example = "{\"onError\": \"continue\"}")
          String options,
      @Schema(description = "A name for a workflow that is sent as text.") String name) {}

  Submitting.Draft into(Path folder, HttpServletRequest request, boolean digested, Caller caller)
      throws IOException,
          BadRequestException,
          BadUploadException,
          InvalidDefinitionException,
          NoSuchWorkflowException {
    FormParts parts = FormParts.into(folder, request, digested);
    Submission.Definition definition = place(folder, parts, caller);
    if (definition instanceof Submission.Definition.Uploaded(String place, var _)) {
      definition = load.definition(folder, place);
    }
    if (definition instanceof Submission.Definition.Uploaded(String place, var _)) {
      definition =
          new Submission.Definition.Uploaded(place, Optional.of(load.workflow(folder, place)));
    }
    Submission.Inputs inputs = inputs(folder, parts, process(definition));
    return new Submitting.Draft(
        new Submission(
            caller.subject(),
            folder,
            definition,
            inputs,
            options(parts, RunOptions.DEFAULT),
            labels(parts),
            Optional.empty()),
        parts.sha256());
  }

  /** The input object, and the parts that have names of inputs. */
  Submission.Inputs inputs(Path folder, FormParts parts, CwlProcess process)
      throws IOException, BadRequestException {
    Optional<Path> file = parts.file(INPUTS);
    String name = file.isPresent() ? folder.relativize(file.get()).toString() : INPUTS_FILE;
    String text = file.isPresent() ? taken(file.get()) : parts.text(INPUTS).orElse("{}");
    return Submission.Inputs.of(new Submission.InputText(name, text))
        .with(new FormInputs(process, folder).of(parts, KNOWN));
  }

  RunOptions options(FormParts parts, RunOptions before) throws BadRequestException {
    Optional<String> text = parts.text(OPTIONS);
    return OptionsBody.of(
        text.isPresent() ? json.readValue(text.get(), OptionsBody.class) : null, before);
  }

  Map<String, String> labels(FormParts parts) throws BadRequestException {
    Optional<String> text = parts.text(LABELS);
    return Labels.checked(
        text.isPresent()
            ? json.readValue(text.get(), new TypeReference<Map<String, String>>() {})
            : null);
  }

  /** The input object may hold secrets: it does not stay on the disk. */
  private static String taken(Path file) throws IOException, BadRequestException {
    try {
      if (Files.size(file) > LARGEST_INPUTS) {
        throw new BadRequestException(
            INPUTS, "an input object may have %d MiB".formatted(LARGEST_INPUTS >> 20));
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new BadRequestException(INPUTS, "this file is not UTF-8");
    } finally {
      Files.delete(file);
    }
  }

  private static CwlProcess process(Submission.Definition definition) {
    return switch (definition) {
      case Submission.Definition.Loaded loaded -> loaded.process();
      case Submission.Definition.Uploaded uploaded -> uploaded.loaded().orElseThrow().process();
    };
  }

  /** Where the workflow lies that the parts name or hold. */
  private Submission.Definition place(Path folder, FormParts parts, Caller caller)
      throws IOException,
          BadRequestException,
          BadUploadException,
          InvalidDefinitionException,
          NoSuchWorkflowException {
    @Nullable String main = parts.text(MAIN).orElse(null);
    Optional<Path> file = parts.file(WORKFLOW);
    if (file.isPresent()) {
      return new Submission.Definition.Uploaded(document(folder, file.get(), main));
    }
    Optional<String> text = parts.text(WORKFLOW);
    if (text.isEmpty()) {
      throw new BadRequestException(
          WORKFLOW, "there is no part of this name; it says or holds what to run");
    }
    if (WorkflowText.isDocument(text.get())) {
      String name = WorkflowText.fileName(parts.text(NAME).orElse(null));
      uploads.write(folder, name, text.get());
      return new Submission.Definition.Uploaded(name);
    }
    String reference = text.get().strip();
    String bare = reference.replaceFirst("#.*", "");
    boolean sent =
        parts.files().values().stream()
            .flatMap(java.util.Collection::stream)
            .anyMatch(path -> folder.relativize(path).toString().equals(bare));
    return sent
        ? new Submission.Definition.Uploaded(reference)
        : references.reference(reference, caller);
  }

  /**
   * The document of a file that was sent, which may be an archive.
   *
   * @param main what the sender calls the one to run
   */
  static String document(Path folder, Path file, @Nullable String main)
      throws IOException, BadRequestException, BadUploadException {
    if (!Unpack.isArchive(file)) {
      return main == null || main.startsWith("#")
          ? folder.relativize(file) + (main == null ? "" : main)
          : main;
    }
    Path archive = Files.createTempFile(folder.getParent(), "u", ".archive");
    try {
      Files.move(file, archive, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      Unpack.into(folder, archive);
    } finally {
      Files.deleteIfExists(archive);
    }
    return MainDocument.of(folder, main);
  }
}
