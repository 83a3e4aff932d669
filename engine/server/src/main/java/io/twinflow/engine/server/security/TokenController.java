package io.twinflow.engine.server.security;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/v1/tokens}: administrators make and revoke tokens, everybody sees their own. */
@RestController
@RequestMapping("/api/v1/tokens")
@Tag(name = "Tokens")
class TokenController {

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}";

  private final Tokens tokens;

  TokenController(Tokens tokens) {
    this.tokens = tokens;
  }

  /** A token that somebody asks for. */
  record NewToken(
      @Nullable String subject,
      @Nullable String name,
      @Nullable Boolean administrator,
      @Nullable Instant expires,
      @Nullable Integer maxQueuedRuns,
      @Nullable Integer maxPriority) {}

  /**
   * @param token shown this once
   */
  @Schema(name = "MadeToken")
  record Made(String token, TokenRow about) {}

  record TokenPage(List<TokenRow> tokens) {}

  @PostMapping
  @Operation(
      operationId = "makeToken",
      summary = "Make a token",
      description = "For administrators. It is shown this once.")
  @ApiResponse(responseCode = "201", description = "The token.")
  ResponseEntity<Made> make(
      @RequestBody NewToken wanted,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
    onlyAdministrators(caller);
    Integer queued = wanted.maxQueuedRuns();
    if (queued != null && queued < 1) {
      throw wrong("maxQueuedRuns: expected a number from 1 on, found " + queued);
    }
    int priority = wanted.maxPriority() == null ? 0 : wanted.maxPriority();
    if (!Priorities.isOne(priority)) {
      throw wrong("maxPriority: expected a number from -100 to 100, found " + priority);
    }
    Instant expires = wanted.expires();
    if (expires != null && !expires.isAfter(Instant.now())) {
      throw wrong("expires: %s is over already".formatted(expires));
    }
    boolean administrator = Boolean.TRUE.equals(wanted.administrator());
    try {
      Tokens.Made made =
          tokens.make(
              caller,
              named("subject", wanted.subject()),
              named("name", wanted.name()),
              administrator,
              expires,
              queued,
              priority);
      return ResponseEntity.created(URI.create("/api/v1/tokens/" + made.about().id()))
          .body(new Made(made.token(), made.about()));
    } catch (DuplicateKeyException e) {
      throw new ResponseStatusException(
          HttpStatus.CONFLICT,
          "%s has a token of the name %s already; revoke it, or choose another name"
              .formatted(wanted.subject(), wanted.name()),
          e);
    }
  }

  @GetMapping
  @Operation(
      operationId = "listTokens",
      summary = "List tokens",
      description = "Your own; all of them for administrators. The newest first.")
  TokenPage list(@Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
    return new TokenPage(tokens.list(caller));
  }

  @DeleteMapping("/{id}")
  @Operation(operationId = "revokeToken", summary = "Revoke a token")
  @ApiResponse(responseCode = "204", description = "It is good for nothing any more.")
  ResponseEntity<Void> revoke(
      @PathVariable @Parameter(description = "The token's id.") long id,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
    if (!tokens.revoke(caller, id)) {
      throw new ResponseStatusException(
          HttpStatus.NOT_FOUND, "there is no token %d that is yours and good".formatted(id));
    }
    return ResponseEntity.noContent().build();
  }

  private static void onlyAdministrators(Caller caller) {
    if (!caller.administrator()) {
      throw new ResponseStatusException(
          HttpStatus.FORBIDDEN, "only an administrator makes tokens; ask yours for one");
    }
  }

  private static String named(String field, @Nullable String value) {
    if (value == null || !value.matches(NAME)) {
      throw wrong(
          "%s: expected up to 64 letters, digits and . _ @ + -, found %s"
              .formatted(field, value == null ? "nothing" : "\"" + value + "\""));
    }
    return value;
  }

  private static ResponseStatusException wrong(String detail) {
    return new ResponseStatusException(HttpStatus.BAD_REQUEST, detail);
  }
}
