package io.twinflow.engine.server.sites;

import io.swagger.v3.oas.annotations.Hidden;
import io.twinflow.engine.server.boot.DataFolder;
import io.twinflow.executors.bundle.remote.TicketOffice;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.context.annotation.DependsOn;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/tickets/SITE/ATTEMPT}: attempts at sites without a shared folder ask here for
 * signed URLs. Each has a token for itself in what it posts, and none of a person. The engine names
 * the installation when it opens first.
 */
@Hidden
@RestController
@DependsOn("engine")
class TicketController {

  static final String PATH = "/api/v1/tickets";

  private final Optional<TicketOffice> office;

  TicketController(SiteExchange exchange, DataFolder folder) throws IOException {
    this.office =
        exchange.exchange().isPresent()
            ? Optional.of(TicketOffice.of(folder.installation(), exchange.exchange().get()))
            : Optional.empty();
  }

  @PostMapping(PATH + "/{site}/{attempt}")
  ResponseEntity<String> answer(
      @PathVariable String site, @PathVariable String attempt, HttpServletRequest request)
      throws IOException {
    TicketOffice.Answer answer =
        office.isEmpty()
            ? new TicketOffice.Answer(
                404, "this server has no exchange: in its configuration any more\n")
            : answer(office.get(), site + "/" + attempt, request);
    return ResponseEntity.status(answer.status())
        .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
        .body(answer.text());
  }

  private static TicketOffice.Answer answer(
      TicketOffice office, String ticket, HttpServletRequest request) throws IOException {
    byte[] question = request.getInputStream().readNBytes(TicketOffice.MOST + 1);
    return question.length > TicketOffice.MOST
        ? new TicketOffice.Answer(413, "too long\n")
        : office.answer(ticket, new String(question, StandardCharsets.UTF_8));
  }
}
