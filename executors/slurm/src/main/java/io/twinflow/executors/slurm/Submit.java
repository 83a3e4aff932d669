package io.twinflow.executors.slurm;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.SiteException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Submits what a batch's notes say, each part once as far as can be known. */
record Submit(Slurm slurm, Ground ground) {

  /** A part that Slurm has. */
  record Submitted(String comment, int first, int count, long job) {

    /**
     * @param index of the attempt in the part
     */
    Followed followed(AttemptKey attempt, BatchKey batch, int index, Instant queued) {
      return new Followed(attempt, batch, comment, index, job, count > 1, queued);
    }
  }

  /**
   * All parts; those without a job's id are looked for, and submitted if Slurm has none.
   *
   * @param submitted is told of each part that Slurm has
   */
  void missing(BatchKey key, BatchNotes notes, BatchContent content, Consumer<Submitted> submitted)
      throws IOException, SiteException {
    List<Submission> parts = new ArrayList<>(content.parts());
    @Nullable JobList known = null;
    for (int part = 0; part < parts.size(); part++) {
      Submission what = parts.get(part);
      Optional<Long> written = content.isNew() ? Optional.empty() : notes.readJob(part);
      Optional<Long> id = written;
      if (id.isEmpty() && !content.isNew()) {
        // Somebody was about to submit it before, and may have done so.
        known = known == null ? slurm.jobs() : known;
        id = known.id(what.comment());
      }
      long job =
          id.isPresent() ? id.get() : slurm.submit(what, ground.environment(key, content, what));
      if (job == 0) {
        // The site takes smaller arrays than its configuration here says: the rest becomes a part.
        parts.add(notes.split(part, what, parts.size()));
        parts.set(part, what.half());
        part--;
        continue;
      }
      if (written.isEmpty()) {
        notes.writeJob(part, job);
      }
      submitted.accept(new Submitted(what.comment(), what.first(), what.tasks(), job));
    }
  }
}
