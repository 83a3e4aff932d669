package io.twinflow.executors.slurm;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Chooses among the versions of its interface that a slurmrestd offers. */
final class Versions {

  private static final Pattern PING = Pattern.compile("/slurm/v0\\.0\\.([0-9]+)/ping/?");
  private static final int OLDEST = 38;
  private static final int NEWEST = 45;

  private Versions() {}

  /**
   * The newest that is known here.
   *
   * @param openapi the document that describes all of them
   */
  static Dialect choose(JsonNode openapi, String site) throws SiteException {
    Set<Integer> offered = new TreeSet<>();
    for (String path : openapi.path("paths").propertyNames()) {
      Matcher ping = PING.matcher(path);
      if (ping.matches()) {
        offered.add(Integer.valueOf(ping.group(1)));
      }
    }
    int best =
        offered.stream().filter(v -> v >= OLDEST && v <= NEWEST).max(Integer::compare).orElse(0);
    if (best == 0) {
      throw new SiteException(
          SiteException.Certainty.NOTHING_HAPPENED,
          FailureKind.INFRASTRUCTURE,
          "site %s: slurmrestd offers %s, expected one of %s; start it with one of them (-s openapi/…)"
              .formatted(
                  site,
                  offered.isEmpty() ? "no version of /slurm" : names(List.copyOf(offered)),
                  names(IntStream.rangeClosed(OLDEST, NEWEST).boxed().toList())));
    }
    return best == OLDEST ? new V0038() : new V0039(name(best));
  }

  private static String name(int version) {
    return "v0.0." + version;
  }

  private static String names(List<Integer> versions) {
    return versions.stream().map(Versions::name).collect(Collectors.joining(", "));
  }
}
