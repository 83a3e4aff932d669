package io.twinflow.executors.slurm;

import io.twinflow.executors.api.SiteException;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How jobs ended that the controller does not know any more and that left no result: from the file
 * of completed jobs, or from slurmdbd.
 */
record History(Slurm slurm, SlurmOptions.History where) {

  boolean isKept() {
    return where.completions() != null || where.accounting();
  }

  /** Ends by the jobs' names at Slurm; what nobody wrote down is missing. */
  Map<String, JobEnd> ends(List<Followed> forgotten) throws IOException, SiteException {
    Map<String, JobEnd> ends = new HashMap<>();
    if (where.completions() != null) {
      add(ends, forgotten, new Completions(where.completions()).of(forgotten));
    }
    if (where.accounting()) {
      Set<Long> jobs = new LinkedHashSet<>();
      forgotten.forEach(followed -> jobs.add(followed.job()));
      for (long job : jobs) {
        add(ends, forgotten, slurm.past(job));
      }
    }
    return ends;
  }

  private static void add(Map<String, JobEnd> ends, List<Followed> forgotten, List<PastJob> found) {
    Map<String, String> names = new HashMap<>();
    forgotten.forEach(followed -> names.put(followed.siteId(), followed.batch().value()));
    for (PastJob job : found) {
      if (job.name().equals(names.get(job.siteId()))) {
        ends.put(job.siteId(), job.end());
      }
    }
  }
}
