package io.twinflow.engine.server.keep;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.engine.server.security.Caller;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/v1/retention} and {@code /api/v1/garbage}, for administrators. */
@RestController
@RequestMapping("/api/v1")
class RetentionController {

  private static final String ALL = "*";
  private static final String AGE =
      "%s: maxAge: expected an ISO 8601 duration such as P30D or PT12H, found %s";

  private final Retention retention;
  private final Sweep sweep;

  RetentionController(Retention retention, Sweep sweep) {
    this.retention = retention;
    this.sweep = sweep;
  }

  /** As people write it. */
  record RuleJson(
      @Schema(description = "A workflow's name, or * for all that have no rule of their own.")
          @Nullable String workflow,
      @Nullable @Schema(description = "How long a run is kept after its end.", example = "P30D")
          String maxAge,
      @Nullable @Schema(description = "How many of the newest runs are kept.") Integer maxRuns,
      @Nullable @Schema(description = "How many bytes the newest runs may take together.")
          Long maxBytes) {

    static RuleJson of(Rule rule) {
      Duration age = rule.age();
      return new RuleJson(
          rule.workflow().isEmpty() ? ALL : rule.workflow(),
          age == null ? null : age.toString(),
          rule.runs(),
          rule.bytes());
    }
  }

  /** What is said of events. */
  record EventRule(
      @Schema(
              description = "How long an event is kept of which no run came, or none that is kept.",
              example = "P30D")
          String maxAge) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Rules(List<RuleJson> rules, @Nullable EventRule events) {}

  /**
   * @param bytes of all items together
   */
  record Found(int count, long bytes, List<Garbage> items) {

    static Found of(List<Garbage> items) {
      return new Found(items.size(), items.stream().mapToLong(Garbage::bytes).sum(), items);
    }
  }

  @GetMapping("/retention")
  @Operation(
      summary = "How long ended runs and events are kept",
      description =
          "Without rules everything is kept. Runs with the label 'keep' always are, and events as long as a run that came of them.")
  Rules rules(@Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
    onlyAdministrators(caller);
    return new Rules(
        retention.rules(caller.tenant()).stream().map(RuleJson::of).toList(),
        retention.events(caller.tenant()).map(age -> new EventRule(age.toString())).orElse(null));
  }

  @PutMapping("/retention")
  @Operation(
      summary = "Say how long ended runs and events are kept, in the place of what was said before")
  Rules replace(
      @RequestBody Rules wanted, @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
    onlyAdministrators(caller);
    List<Rule> rules = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (RuleJson rule : wanted.rules()) {
      Rule checked = checked(rule);
      if (!named.add(checked.workflow())) {
        throw wrong("rules: there are two for workflow %s".formatted(rule.workflow()));
      }
      rules.add(checked);
    }
    EventRule events = wanted.events();
    retention.replace(caller, rules, events == null ? null : age("events", events.maxAge()));
    return rules(caller);
  }

  private static Rule checked(RuleJson rule) {
    String workflow = rule.workflow();
    if (workflow == null || workflow.isEmpty()) {
      throw wrong("rules: workflow: expected a name, or * for all others, found nothing");
    }
    Integer runs = rule.maxRuns();
    Long bytes = rule.maxBytes();
    if (rule.maxAge() == null && runs == null && bytes == null) {
      throw wrong(
          "rules: %s: expected maxAge, maxRuns or maxBytes; leave the rule out to keep everything"
              .formatted(workflow));
    }
    if (runs != null && runs < 0) {
      throw wrong("rules: %s: maxRuns: expected 0 or more, found %d".formatted(workflow, runs));
    }
    if (bytes != null && bytes < 0) {
      throw wrong("rules: %s: maxBytes: expected 0 or more, found %d".formatted(workflow, bytes));
    }
    return new Rule(
        workflow.equals(ALL) ? "" : workflow,
        age("rules: " + workflow, rule.maxAge()),
        runs,
        bytes);
  }

  private static @Nullable Duration age(String of, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      Duration age = Duration.parse(text);
      if (!age.isNegative()) {
        return age;
      }
      throw wrong(AGE.formatted(of, text));
    } catch (DateTimeParseException e) {
      throw wrong(AGE.formatted(of, text), e);
    }
  }

  @GetMapping("/garbage")
  @Operation(
      summary = "What would be removed now",
      description = "A dry run: nothing is changed. Says of each thing why, and what is won.")
  Found dryRun(@Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException {
    onlyAdministrators(caller);
    return Found.of(sweep.dryRun());
  }

  @PostMapping("/garbage")
  @Operation(
      summary = "Remove now what nothing needs any more",
      description =
          "The server does it by itself every hour. Runs that a rule keeps no longer are gone at"
              + " once; their files follow a minute later.")
  Found sweep(@Parameter(hidden = true) @AuthenticationPrincipal Caller caller) throws IOException {
    onlyAdministrators(caller);
    return Found.of(sweep.sweep());
  }

  private static void onlyAdministrators(Caller caller) {
    if (!caller.administrator()) {
      throw new ResponseStatusException(
          HttpStatus.FORBIDDEN, "only an administrator says what is kept; ask yours");
    }
  }

  private static ResponseStatusException wrong(String message) {
    return wrong(message, null);
  }

  private static ResponseStatusException wrong(String message, @Nullable Exception cause) {
    return new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, message, cause);
  }
}
