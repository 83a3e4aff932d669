package io.twinflow.engine.core.run;

import io.twinflow.engine.core.fold.OpenBatch;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.site.Site;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What a run has at all of its sites; who is told of a batch is found by the journal. */
final class Submissions {

  private final RunFold fold;
  private final Tasks tasks;
  private final Notices notices;
  private final Map<String, SiteSubmissions> sites = new LinkedHashMap<>();

  /** Batches at sites that the configuration no longer has: nobody can be asked about them. */
  private final Set<Long> absent = new HashSet<>();

  /** Makes what handles one site. */
  interface AtSite {
    SiteSubmissions of(Site site);
  }

  Submissions(Collection<Site> all, RunFold fold, Tasks tasks, Notices notices, AtSite atSite) {
    this.fold = fold;
    this.tasks = tasks;
    this.notices = notices;
    all.forEach(site -> sites.put(site.name(), atSite.of(site)));
  }

  /** How many attempts keep all sites busy. */
  int depth() {
    return sites.values().stream().mapToInt(SiteSubmissions::depth).sum();
  }

  /** Whether no site would run dry if nothing more came for a while. */
  boolean areEnough() {
    return sites.values().stream().anyMatch(SiteSubmissions::areEnough);
  }

  boolean isAnyUnanswered() {
    absent.removeIf(batch -> fold.openBatch(batch) == null);
    return !absent.isEmpty() || sites.values().stream().anyMatch(SiteSubmissions::isAnyUnanswered);
  }

  /** Whether all that the run has out is where nobody can be asked about it. */
  boolean isAllAbsent() {
    return isAnyUnanswered()
        && tasks.out() == 0
        && sites.values().stream().noneMatch(SiteSubmissions::isAnyUnanswered);
  }

  /** Gives the slots back that this run had. */
  void leave() {
    sites.values().forEach(SiteSubmissions::leave);
  }

  /** Hands ready attempts to the sites, as many as this run's turns allow. */
  void submit() {
    sites.values().forEach(SiteSubmissions::submit);
  }

  void submitted(Message.Submitted message) {
    at(message.batch(), site -> site.submitted(message));
  }

  void siteFailed(Message.SiteFailed message) {
    at(message.batch(), site -> site.siteFailed(message));
  }

  void askAgain(long batch) {
    at(batch, site -> site.askAgain(batch));
  }

  void found(Message.Found message) {
    at(message.batch(), site -> site.found(message));
  }

  void queuedLong(long number) {
    OpenBatch batch = fold.openBatch(number);
    if (batch != null) {
      at(number, site -> site.queuedLong(batch));
    }
  }

  void tellWaits(String site) {
    Optional.ofNullable(sites.get(site)).ifPresent(SiteSubmissions::tellWaits);
  }

  private void at(long number, Consumer<SiteSubmissions> told) {
    OpenBatch batch = fold.openBatch(number);
    if (batch == null) {
      sites.values().forEach(site -> site.forget(number));
      return;
    }
    Optional.ofNullable(sites.get(batch.site())).ifPresent(told);
  }

  /** After a journal was folded: looks up every batch that has no end. */
  void recover() {
    for (OpenBatch batch : fold.openBatches()) {
      SiteSubmissions site = sites.get(batch.site());
      if (site != null) {
        site.recover(batch);
      } else {
        absent.add(batch.number());
        notices.once(
            "%d tasks are at site %s, which is not in the configuration any more: add it again under sites:, or cancel the run"
                .formatted(batch.open().size(), batch.site()));
      }
    }
  }
}
