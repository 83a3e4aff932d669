package io.twinflow.executors.slurm;

import io.twinflow.executors.api.SiteException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is asked of Slurm, in the words of the version that it speaks. */
final class Slurm {

  private final SlurmRest rest;
  private final SlurmOptions.Jobs options;
  private volatile @Nullable Dialect spoken;

  Slurm(SlurmRest rest, SlurmOptions.Jobs options) {
    this.rest = rest;
    this.options = options;
  }

  /** Found out at the first call that is answered. */
  private Dialect dialect() throws SiteException {
    Dialect dialect = spoken;
    if (dialect == null) {
      dialect = Versions.choose(rest.get("/openapi/v3"), rest.site());
      spoken = dialect;
    }
    return dialect;
  }

  /** As in v0.0.38. */
  String version() throws SiteException {
    return dialect().version();
  }

  JobList jobs() throws SiteException {
    Dialect dialect = dialect();
    return new JobList(dialect.jobs(rest.get(dialect.path("jobs"))));
  }

  List<Dialect.Node> nodes() throws SiteException {
    Dialect dialect = dialect();
    return dialect.nodes(rest.get(dialect.path("nodes")));
  }

  /** The id of the job. */
  long submit(Submission what) throws SiteException {
    Dialect dialect = dialect();
    JsonNode answer = rest.post(dialect.path("job/submit"), dialect.submission(what, options));
    return answer.path("job_id").asLong(answer.path("result").path("job_id").asLong());
  }

  /**
   * @param job or one task of an array, as Slurm names it
   */
  void cancel(String job) throws SiteException {
    rest.delete(dialect().path("job/" + job));
  }
}
