package io.twinflow.executors.slurm;

import io.twinflow.executors.api.SiteException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Submits what a batch's folder says, each part once as far as can be known. */
record Submit(Slurm slurm) {

  /** A part that Slurm has. */
  record Submitted(String comment, int first, int count, long job) {}

  /** All parts; those without a job's id are looked for, and submitted if Slurm has none. */
  List<Submitted> missing(BatchFolder files, BatchContent content)
      throws IOException, SiteException {
    List<Submitted> all = new ArrayList<>();
    List<Submission> parts = new ArrayList<>(content.parts());
    @Nullable JobList known = null;
    for (int part = 0; part < parts.size(); part++) {
      Submission what = parts.get(part);
      Optional<Long> written = content.isNew() ? Optional.empty() : files.readJob(part);
      Optional<Long> id = written;
      if (id.isEmpty() && !content.isNew()) {
        // Somebody was about to submit it before, and may have done so.
        known = known == null ? slurm.jobs() : known;
        id = known.id(what.comment());
      }
      long job = id.isPresent() ? id.get() : slurm.submit(what);
      if (job == 0) {
        // The site takes smaller arrays than its configuration here says: the rest becomes a part.
        parts.add(files.split(part, what, parts.size()));
        parts.set(part, what.half());
        part--;
        continue;
      }
      if (written.isEmpty()) {
        files.writeJob(part, job);
      }
      all.add(new Submitted(what.comment(), what.first(), what.tasks(), job));
    }
    return all;
  }
}
