package io.twinflow.executors.slurm;

import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.SiteException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Submits what a batch's folder says, each part once as far as can be known. */
record Submit(SlurmRest rest, Dialect dialect, SlurmOptions.Jobs options) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A part that Slurm has. */
  record Submitted(String comment, int first, int count, long job) {}

  /** All parts; those without a job's id are looked for, and submitted if Slurm has none. */
  List<Submitted> missing(BatchKey key, BatchFolder files) throws IOException, SiteException {
    List<Submitted> all = new ArrayList<>();
    @Nullable JobList known = null;
    for (BatchFolder.Part part : files.readParts()) {
      String comment = Parts.comment(key, part.number());
      Optional<Long> id = files.readJob(part.number());
      if (id.isEmpty() && !files.begin(part.number())) {
        known = known == null ? jobs() : known;
        id = known.id(comment);
      }
      long job = id.isPresent() ? id.get() : submit(part);
      files.writeJob(part.number(), job);
      all.add(new Submitted(comment, part.first(), part.count(), job));
    }
    return all;
  }

  private JobList jobs() throws SiteException {
    return new JobList(dialect.jobs(rest.get(dialect.path("jobs"))));
  }

  private long submit(BatchFolder.Part part) throws SiteException {
    JsonNode answer = rest.post(dialect.path("job/submit"), JSON.readTree(part.body()));
    return answer.path("job_id").asLong();
  }
}
