package io.twinflow.engine.server.sites;

import io.swagger.v3.oas.annotations.Hidden;
import io.twinflow.executors.api.place.Callbacks;
import io.twinflow.executors.api.place.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.springframework.context.annotation.DependsOn;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/callbacks/SITE/INSTALLATION/ATTEMPT}: sites tell here of attempts, as CloudEvents,
 * each with a token for this attempt, and none of a person.
 */
@Hidden
@RestController
@DependsOn("engine")
class CallbackController {

  private final Callbacks callbacks;

  CallbackController(SiteExchange exchange) {
    this.callbacks = exchange.exchange().map(Exchange::callbacks).orElseGet(Callbacks::new);
  }

  @PostMapping("/api/v1/callbacks/{site}/{installation}/{attempt}")
  ResponseEntity<String> hear(
      @PathVariable String site,
      @PathVariable String installation,
      @PathVariable String attempt,
      HttpServletRequest request)
      throws IOException {
    Callbacks.Answer answer =
        callbacks.hear(
            site,
            installation,
            attempt,
            name -> Optional.ofNullable(request.getHeader(name)).orElse(""),
            request.getInputStream());
    ResponseEntity.BodyBuilder status = ResponseEntity.status(answer.status());
    return answer.problem().isEmpty()
        ? status.build()
        : status.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(answer.problem());
  }
}
