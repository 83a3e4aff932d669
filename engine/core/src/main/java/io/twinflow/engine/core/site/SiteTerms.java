package io.twinflow.engine.core.site;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an administrator says of a site, whatever it is made of.
 *
 * @param atOnce so many attempts may be there at one time, at most
 * @param queueTimeout an attempt that has not begun for so long is tried at another site
 * @param cost of a core for an hour, in a unit that all sites share
 * @param reaches the folders and addresses whose files the site has near, as prefixes of locations
 * @param onlyAsked whether only tasks go there for which somebody named it
 * @param containersOnly whether tools must have a container there, because who submits them is not
 *     trusted and nothing else holds them
 * @param raise how much more an attempt gets there if one had too little
 */
public record SiteTerms(
    int atOnce,
    Optional<Duration> queueTimeout,
    double cost,
    List<String> reaches,
    boolean onlyAsked,
    boolean containersOnly,
    Raise raise) {

  public static final SiteTerms NONE =
      new SiteTerms(Integer.MAX_VALUE, Optional.empty(), 0, List.of(), false, false);

  /** Where nothing is raised. */
  public SiteTerms(
      int atOnce,
      Optional<Duration> queueTimeout,
      double cost,
      List<String> reaches,
      boolean onlyAsked,
      boolean containersOnly) {
    this(atOnce, queueTimeout, cost, reaches, onlyAsked, containersOnly, Raise.NONE);
  }

  public SiteTerms {
    reaches = List.copyOf(reaches);
  }
}
