package io.twinflow.engine.server.wes;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.secret.Handle;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.runs.Submission;
import io.twinflow.engine.server.runs.Uploads;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.engine.server.security.Priorities;
import io.twinflow.engine.server.wes.WesModel.RunRequest;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /runs}: a form becomes a run, or nothing at all. */
@Component
class SubmitWes {

  private static final String PARAMS = "workflow_params.json";

  private final Runs runs;
  private final Uploads uploads;
  private final WesRequests requests;
  private final JsonMapper json;

  SubmitWes(Runs runs, Uploads uploads, WesRequests requests, JsonMapper json) {
    this.runs = runs;
    this.uploads = uploads;
    this.requests = requests;
    this.json = json;
  }

  RunId submit(HttpServletRequest http, Caller caller)
      throws IOException,
          ServletException,
          InvalidDefinitionException,
          FailureException,
          NoSuchRunException {
    Path folder = uploads.newFolder();
    boolean accepted = false;
    try {
      RunRequest request = request(WesForm.read(http, folder));
      RunOptions options = EngineParameters.options(request.workflowEngineParameters());
      Priorities.check(caller, options);
      RunId run =
          runs.submit(
              new Submission(
                  caller.subject(),
                  folder,
                  workflow(request.workflowUrl(), folder),
                  new Submission.InputText(PARAMS, request.workflowParams().toString()),
                  options,
                  request.tags(),
                  Optional.empty()));
      accepted = true;
      requests.keep(
          caller, run, withoutSecrets(request, runs.inputs(runs.get(caller, run.value()))));
      return run;
    } finally {
      if (!accepted) {
        uploads.discard(folder);
      }
    }
  }

  private RunRequest request(WesForm form) {
    String type = form.required("workflow_type");
    String typeVersion = form.required("workflow_type_version");
    String url = form.required("workflow_url").strip();
    Optional<String> engine = form.field("workflow_engine");
    Optional<String> engineVersion = form.field("workflow_engine_version");
    Supported.check(type, typeVersion, engine.orElse(null), engineVersion.orElse(null));
    return new RunRequest(
        object(form, "workflow_params"),
        type,
        typeVersion,
        texts(form, "tags"),
        texts(form, "workflow_engine_parameters"),
        engine.orElse(null),
        engineVersion.orElse(null),
        url);
  }

  private ObjectNode object(WesForm form, String field) {
    Optional<String> text = form.field(field);
    if (text.isEmpty()) {
      return json.createObjectNode();
    }
    try {
      if (json.readTree(text.get()) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw bad(field + " is not JSON: " + e.getOriginalMessage());
    }
    throw bad(field + ": expected a JSON object, found another value");
  }

  private Map<String, String> texts(WesForm form, String field) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object(form, field).properties()) {
      if (!entry.getValue().isString()) {
        throw bad(
            "%s: expected texts as values, found %s for %s"
                .formatted(field, entry.getValue(), entry.getKey()));
      }
      texts.put(entry.getKey(), entry.getValue().stringValue());
    }
    return texts;
  }

  /** A relative reference names an attachment, as it is written or decoded. */
  private static String workflow(String url, Path folder) {
    if (Iri.scheme(url) != null) {
      return url;
    }
    String file = url.contains("#") ? url.substring(0, url.indexOf('#')) : url;
    String fragment = url.substring(file.length());
    Path raw = AttachmentName.in(folder, file);
    if (Files.exists(raw)) {
      return url;
    }
    String decoded = decoded(file);
    if (Files.exists(AttachmentName.in(folder, decoded))) {
      return decoded + fragment;
    }
    throw bad("workflow_url: there is no attachment %s".formatted(file));
  }

  private static String decoded(String file) {
    try {
      return URLDecoder.decode(file.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return file;
    }
  }

  /** What the run keeps as a handle is not kept here as a text. */
  private RunRequest withoutSecrets(RunRequest request, RecordValue inputs) {
    ObjectNode shown = json.createObjectNode();
    request
        .workflowParams()
        .properties()
        .forEach(entry ->
            shown.set(
                entry.getKey(),
                Handle.isIn(ValueJson.write(inputs.get(entry.getKey())))
                    ? json.getNodeFactory().stringNode("***")
                    : entry.getValue()));
    return new RunRequest(
        shown,
        request.workflowType(),
        request.workflowTypeVersion(),
        request.tags(),
        request.workflowEngineParameters(),
        request.workflowEngine(),
        request.workflowEngineVersion(),
        request.workflowUrl());
  }

  private static ResponseStatusException bad(String message) {
    return new ResponseStatusException(HttpStatus.BAD_REQUEST, message);
  }
}
