package io.twinflow.engine.core.site;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.view.TaskList;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.cwl.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the site of one attempt. Who names a site is followed, the nearest word first: the run's
 * option for the step, the requirement or hint of step or tool, the run's option for all; else the
 * policy chooses. Among sites that can run it, those where the task had no luck come last.
 */
final class PlaceTask {

  private final Sites sites;
  private final SitePolicy policy;
  private final RunOptions options;
  private final Set<String> avoid;

  PlaceTask(Sites sites, SitePolicy policy, RunOptions options, Set<String> avoid) {
    this.sites = sites;
    this.policy = policy;
    this.options = options;
    this.avoid = avoid;
  }

  /**
   * Sites that somebody named.
   *
   * @param must whether no other will do
   */
  private record Named(List<String> names, String by, boolean must) {}

  /** Where there is one site, it says itself what it cannot run. */
  ChooseSite.Chosen only(SiteAsk ask) throws FailureException {
    Optional<Named> named = named(ask);
    if (named.isPresent() && named.get().must()) {
      known(named.get());
    }
    return new ChooseSite.Chosen(sites.first().executor(), ask.more(), List.of());
  }

  ChooseSite.Chosen of(SiteAsk ask) throws FailureException {
    List<String> against = new ArrayList<>();
    Optional<Named> named = named(ask);
    if (named.isPresent()) {
      List<Site> candidates = able(known(named.get()), ask, against);
      if (!candidates.isEmpty()) {
        return chosen(candidates, SitePolicy.FIRST, named.get().by(), ask, List.of());
      }
      if (named.get().must()) {
        throw nowhere("none of the sites that %s can run it".formatted(named.get().by()), against);
      }
    }
    List<Site> candidates =
        able(sites.all().stream().filter(site -> !site.terms().onlyAsked()).toList(), ask, against);
    if (candidates.isEmpty()) {
      throw nowhere("no site can run it", against);
    }
    return chosen(candidates, policy, "", ask, against);
  }

  private Optional<Named> named(SiteAsk ask) {
    Optional<Named> ofStep =
        options.sites().entrySet().stream()
            .filter(option -> !option.getKey().isEmpty())
            .filter(option -> TaskList.in(option.getKey()).test(ask.address()))
            .max(Comparator.comparingInt(option -> option.getKey().length()))
            .map(option ->
                new Named(
                    List.of(option.getValue()),
                    "--site %s=%s names".formatted(option.getKey(), option.getValue()),
                    true));
    if (ofStep.isPresent()) {
      return ofStep;
    }
    Optional<Requirement.Site> asked = ask.requirements().find(Requirement.Site.class);
    if (asked.isPresent()) {
      boolean must = ask.requirements().requires(Requirement.Site.class);
      return Optional.of(
          new Named(
              asked.get().names(),
              "the %s at %s names".formatted(must ? "requirement" : "hint", asked.get().position()),
              must));
    }
    return Optional.ofNullable(options.sites().get(""))
        .map(name -> new Named(List.of(name), "--site %s names".formatted(name), true));
  }

  /** A hint for another installation is no reason to fail here. */
  private List<Site> known(Named named) throws FailureException {
    List<Site> known = named.names().stream().flatMap(name -> sites.find(name).stream()).toList();
    if (known.isEmpty() && named.must()) {
      throw new FailureException(
          new Failure(
              FailureKind.USER,
              "site.unknown",
              "%s %s, and there %s. Add it to the configuration under sites:, or name another"
                  .formatted(named.by(), String.join(", ", named.names()), configured())));
    }
    return known;
  }

  private String configured() {
    List<String> names = sites.all().stream().map(Site::name).toList();
    return names.size() == 1
        ? "is only the site " + names.getFirst()
        : "are the sites " + String.join(", ", names);
  }

  private List<Site> able(List<Site> candidates, SiteAsk ask, List<String> against) {
    WhyNotThere why = new WhyNotThere(ask, options.containers());
    List<Site> able = new ArrayList<>();
    for (Site site : candidates) {
      Optional<String> reason = why.of(site);
      if (reason.isEmpty()) {
        able.add(site);
      } else {
        against.add(reason.get());
      }
    }
    return able;
  }

  private ChooseSite.Chosen chosen(
      List<Site> candidates, SitePolicy by, String named, SiteAsk ask, List<String> against) {
    List<Site> lucky = candidates.stream().filter(site -> !avoid.contains(site.name())).toList();
    List<Site> left = lucky.isEmpty() ? candidates : lucky;
    Site best = left.stream().min(order(by, ask)).orElseThrow();
    List<String> reason = new ArrayList<>();
    if (!named.isEmpty()) {
      reason.add(named + " it");
    } else if (left.size() == 1) {
      reason.add("the only site that can run it");
    } else {
      reason.add(word(by).formatted(left.size()));
    }
    reason.addAll(against);
    if (!lucky.isEmpty() && lucky.size() < candidates.size()) {
      reason.add("it had no luck at " + String.join(", ", avoid));
    }
    if (!ask.more().isEmpty()) {
      reason.add(ask.more());
    }
    List<String> others = lucky.stream().filter(site -> site != best).map(Site::name).toList();
    return new ChooseSite.Chosen(best.executor(), String.join("; ", reason), others);
  }

  private static String word(SitePolicy policy) {
    return switch (policy) {
      case FIRST -> "first of the %d sites that can run it";
      case NEAREST -> "most of the inputs are near, of %d sites that can run it";
      case CHEAPEST -> "cheapest of the %d sites that can run it";
      case QUICKEST -> "quickest of the %d sites that can run it";
    };
  }

  /** Ties go to the one that stands first. */
  private Comparator<Site> order(SitePolicy by, SiteAsk ask) {
    return switch (by) {
      case FIRST -> (_, _) -> 0;
      case NEAREST ->
          Comparator.comparingLong(site -> -new NearBytes(site.terms().reaches()).of(ask.inputs()));
      case CHEAPEST -> Comparator.comparingDouble(site -> site.terms().cost());
      case QUICKEST ->
          Comparator.comparing((Site site) -> sites.turns().isFull(site.name()))
              .thenComparing(site -> site.waits().median().orElse(Duration.ZERO));
    };
  }

  private static FailureException nowhere(String what, List<String> against) {
    return new FailureException(
        new Failure(FailureKind.RESOURCES, "site.none", what + ": " + String.join("; ", against)));
  }
}
