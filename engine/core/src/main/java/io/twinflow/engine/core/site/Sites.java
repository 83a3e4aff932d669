package io.twinflow.engine.core.site;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.turns.Turns;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The sites that an engine works with, by name, in the order of the configuration. */
public final class Sites implements AutoCloseable {

  private final ConfiguredSites configured;
  private final Map<String, Site> sites;
  private final Turns turns;

  private Sites(ConfiguredSites configured, Map<String, Site> sites, Turns turns) {
    this.configured = configured;
    this.sites = Collections.unmodifiableMap(sites);
    this.turns = turns;
  }

  public static Sites of(ConfiguredSites configured) {
    Map<String, Site> sites = new LinkedHashMap<>();
    configured.entries().forEach(entry -> sites.put(entry.name(), new Site(entry)));
    Map<String, Integer> slots =
        sites.values().stream().collect(Collectors.toMap(Site::name, Site::slots));
    return new Sites(configured, sites, new Turns(slots));
  }

  /** Observes from now on. */
  public void start() {
    sites.values().forEach(site -> site.monitor().start());
  }

  public Collection<Site> all() {
    return sites.values();
  }

  /** The one that stands first in the configuration. */
  public Site first() {
    return sites.values().iterator().next();
  }

  public Optional<Site> find(String name) {
    return Optional.ofNullable(sites.get(name));
  }

  /** The one of an executor that a choice named. */
  public Site of(Executor executor) {
    return find(executor.site())
        .orElseThrow(() -> new IllegalStateException("no site " + executor.site()));
  }

  /**
   * Refuses options that name a site which there is not, before there is a run.
   *
   * @throws FailureException of kind USER
   */
  public void check(RunOptions options) throws FailureException {
    for (String name : options.sites().values()) {
      Optional<String> whyNot = configured.whyNot(name);
      if (whyNot.isPresent()) {
        throw new FailureException(new Failure(FailureKind.USER, "site.unknown", whyNot.get()));
      }
    }
  }

  /** Shares the slots of all sites. */
  public Turns turns() {
    return turns;
  }

  /**
   * How the next attempt of a task finds its site.
   *
   * @param avoid sites where the task has lately had no luck
   */
  public ChooseSite choice(RunOptions options, Set<String> avoid) {
    return sites.size() == 1
        ? ask -> new PlaceTask(this, configured.policy(), options, avoid).only(ask)
        : ask -> new PlaceTask(this, configured.policy(), options, avoid).of(ask);
  }

  /** A run has ended, or this engine has lost it. */
  public void forget(String run) {
    sites.values().forEach(site -> site.monitor().forget(run));
  }

  @Override
  public void close() {
    sites.values().forEach(site -> site.monitor().close());
  }
}
