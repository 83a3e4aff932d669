package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body of a submission in JSON. */
@Schema(name = "NewRun")
record NewRun(
    @Nullable
        @Schema(
            description =
                "What to run: the id, version or name of a kept workflow; an http(s) URL; the text of a CWL or BPMN document; or a CWL document in JSON.",
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            example =
                "{\"cwlVersion\": \"v1.2\", \"class\": \"CommandLineTool\", \"baseCommand\": [\"echo\"], \"inputs\": {\"message\": {\"type\": \"string\", \"inputBinding\": {}}}, \"stdout\": \"said.txt\", \"outputs\": {\"said\": {\"type\": \"stdout\"}}}")
        JsonNode workflow,
    @Nullable
        @Schema(description = "A name for a workflow that is sent as text.", example = "greet")
        String name,
    @Nullable
        @Schema(
            description =
                "The input object. Files are given by http(s) URL, or sent along as form data.",
            types = "object",
            example = "{\"message\": \"hello\"}")
        JsonNode inputs,
    @Nullable @Schema(example = "{\"site\": \"delft\"}") Map<String, String> labels,
    @Nullable OptionsBody options) {}
