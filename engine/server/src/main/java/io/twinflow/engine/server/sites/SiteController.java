package io.twinflow.engine.server.sites;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.site.ConfiguredSites;
import io.twinflow.engine.core.turns.SlotLimits;
import io.twinflow.engine.core.turns.SlotUse;
import io.twinflow.engine.server.api.CheckView;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.executors.api.Capabilities;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/sites}. */
@RestController
@RequestMapping("/api/v1/sites")
@Tag(name = "Sites")
class SiteController {

  private final ConfiguredSites sites;
  private final Engine engine;

  SiteController(ConfiguredSites sites, Engine engine) {
    this.sites = sites;
    this.engine = engine;
  }

  /** A place where tasks may run. */
  @Schema(name = "Site")
  record SiteView(
      String name,
      @Schema(
              description =
                  "any: tasks for which nobody names a site may go there; asked: others may not.",
              allowableValues = {"any", "asked"})
          String use,
      @Schema(description = "Of a core for an hour, in a unit that all sites share.") double cost,
      double cores,
      @Schema(description = "Mebibytes; of a cluster, of its largest node.") long memoryMiB,
      int gpus,
      @Schema(description = "What runs containers there; empty if nothing does.") String containers,
      @Schema(description = "Attempts that this server may have there at once.") int slots,
      @Schema(description = "Attempts that it has there, or has set slots aside for.") int taken,
      @Schema(description = "Attempts that are ready and wait for slots.") int waiting) {}

  /** All sites, in the order of the configuration. */
  @Schema(name = "Sites")
  record SiteList(
      @Schema(
              description = "Which of the sites that can run a task gets it, if nobody named one.",
              allowableValues = {"first", "nearest", "cheapest", "quickest"})
          String placement,
      List<SiteView> sites) {}

  @GetMapping
  @Operation(summary = "List the sites where tasks may run")
  SiteList list() {
    Map<String, SlotUse> use = engine.turns().use().getOrDefault(SlotLimits.Kind.SITE, Map.of());
    return new SiteList(
        word(sites.policy()), sites.entries().stream().map(site -> view(site, use)).toList());
  }

  private SiteView view(ConfiguredSites.Entry site, Map<String, SlotUse> use) {
    Capabilities has = site.executor().capabilities();
    SlotUse now = use.getOrDefault(site.name(), new SlotUse(0, 0));
    return new SiteView(
        site.name(),
        site.terms().onlyAsked() ? "asked" : "any",
        site.terms().cost(),
        has.cores(),
        has.memoryMiB(),
        has.gpus(),
        has.containerEngine().orElse(""),
        engine.turns().slots(site.name()),
        now.taken(),
        now.wanted());
  }

  @GetMapping("/{name}/check")
  @Operation(
      summary = "Look at a site",
      description =
          "Asks the site: what answers, what is allowed, what is missing and how to mend it. For administrators.")
  CheckView check(
      @PathVariable @Parameter(description = "As the list of sites tells it.") String name,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
    CheckView.forAdministrators(caller);
    ConfiguredSites.Entry site =
        sites.entries().stream()
            .filter(entry -> entry.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                CheckView.none(
                    "site",
                    name,
                    sites.entries().stream().map(ConfiguredSites.Entry::name).toList()));
    return CheckView.of(name, site.executor().check());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
