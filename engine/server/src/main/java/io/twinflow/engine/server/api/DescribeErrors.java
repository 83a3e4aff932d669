package io.twinflow.engine.server.api;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Says of every operation how it tells errors. */
@Component
class DescribeErrors implements OpenApiCustomizer {

  private static final String PROBLEM = "Problem";

  /** For the description only. */
  @io.swagger.v3.oas.annotations.media.Schema(
      name = PROBLEM,
      description = "Problem details (RFC 9457).")
  record ProblemBody(
      @Nullable String type,
      String title,
      int status,
      @Nullable
          @io.swagger.v3.oas.annotations.media.Schema(
              description = "What is wrong, and how to mend it.")
          String detail,
      @Nullable String instance,
      @Nullable
          @io.swagger.v3.oas.annotations.media.Schema(
              description = "Each thing that is wrong with what was sent.")
          List<Finding> errors,
      @Nullable
          @io.swagger.v3.oas.annotations.media.Schema(
              description = "Of a failure, as the journal has it.")
          String code,
      @Nullable
          @io.swagger.v3.oas.annotations.media.Schema(
              description = "Under which the server's log has a defect.")
          String error) {}

  @Override
  public void customise(OpenAPI api) {
    ModelConverters.getInstance(true)
        .readAll(ProblemBody.class)
        .forEach(api.getComponents()::addSchemas);
    ApiResponse problem =
        new ApiResponse()
            .description("Anything that is wrong.")
            .content(
                new Content()
                    .addMediaType(
                        "application/problem+json",
                        new MediaType()
                            .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
    api.getPaths().values().stream()
        .flatMap(path -> path.readOperations().stream())
        .map(Operation::getResponses)
        .forEach(responses -> responses.setDefault(problem));
  }
}
