package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A body with values, whose numbers keep all their digits, and a name for those that have one. */
record NamedValues(String name, RecordValue values) {

  /** For people. */
  @Schema(name = "UserTaskValues")
  record Form(
      @Nullable
          @Schema(
              description = "A value for each field of the form.",
              types = "object",
              example = "{\"confirmed\": true}")
          Object values) {}

  /** For people. */
  @Schema(name = "NamedValues")
  record Named(
      @Schema(description = "As the document calls it.", example = "all clear") String name,
      @Nullable @Schema(description = "They become variables of the process.", types = "object")
          Object values) {}

  static NamedValues of(byte @Nullable [] body) throws BadRequestException {
    if (body == null || body.length == 0) {
      return new NamedValues("", RecordValue.EMPTY);
    }
    try {
      if (ValueJson.read(new String(body, StandardCharsets.UTF_8)) instanceof RecordValue read) {
        return of(read);
      }
    } catch (InvalidJsonException e) {
      throw new BadRequestException("body", String.valueOf(e.getMessage()));
    }
    throw new BadRequestException("body", "expected a JSON object");
  }

  private static NamedValues of(RecordValue read) throws BadRequestException {
    for (String field : read.fields().keySet()) {
      if (!field.equals("name") && !field.equals("values")) {
        throw new BadRequestException(field, "expected \"values\", found \"%s\"".formatted(field));
      }
    }
    String name = read.get("name") instanceof StringValue(String text) ? text : "";
    return switch (read.get("values")) {
      case NullValue _ -> new NamedValues(name, RecordValue.EMPTY);
      case RecordValue values -> new NamedValues(name, values);
      default -> throw new BadRequestException("values", "expected an object");
    };
  }

  /** Of a message or signal. */
  NamedValues named() throws BadRequestException {
    if (name.isBlank()) {
      throw new BadRequestException("name", "expected the name that the document waits for");
    }
    return this;
  }
}
