package io.twinflow.engine.server.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What stands at the top of the generated OpenAPI document. */
@Configuration(proxyBeanMethods = false)
class OpenApiDocument {

  private static final String TOKEN = "token";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Twinflow")
                .version("1")
                .description(
                    "Submit workflows, watch them run, take their results. Every error is a problem document (RFC 9457)."))
        .servers(List.of(new Server().url("/")))
        .components(
            new Components()
                .addSecuritySchemes(
                    TOKEN,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description(
                            "A token; the first one stands in the file admin-token of the server's data folder.")))
        .addSecurityItem(new SecurityRequirement().addList(TOKEN));
  }
}
