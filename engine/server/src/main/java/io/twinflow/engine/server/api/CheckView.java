package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.executors.api.site.Finding;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** What a look at a system outside found, for its administrator. */
@Schema(name = "Check")
public record CheckView(
    String name,
    @Schema(description = "Whether there is no problem.") boolean usable,
    List<One> findings) {

  /** One of the things that were looked at. */
  @Schema(name = "CheckFinding")
  public record One(
      @Schema(allowableValues = {"good", "note", "problem"}) String level,
      String about,
      String found,
      @Schema(description = "What to do; empty if nothing is to be done.") String mend) {}

  public static CheckView of(String name, List<Finding> findings) {
    return new CheckView(
        name,
        findings.stream().noneMatch(f -> f.level() == Finding.Level.PROBLEM),
        findings.stream()
            .map(f ->
                new One(f.level().name().toLowerCase(Locale.ROOT), f.about(), f.found(), f.mend()))
            .toList());
  }

  /**
   * @throws ResponseStatusException with status 403 for anybody else
   */
  public static void forAdministrators(Caller caller) {
    if (!caller.administrator()) {
      throw new ResponseStatusException(
          HttpStatus.FORBIDDEN, "only administrators look at sites and sources; ask one of them");
    }
  }

  /**
   * @param kind what has no such name
   * @param known those that there are
   */
  public static ResponseStatusException none(String kind, String name, List<String> known) {
    return new ResponseStatusException(
        HttpStatus.NOT_FOUND,
        known.isEmpty()
            ? "there is no %s %s, and no other one".formatted(kind, name)
            : "there is no %s %s; expected one of %s"
                .formatted(kind, name, String.join(", ", known)));
  }
}
