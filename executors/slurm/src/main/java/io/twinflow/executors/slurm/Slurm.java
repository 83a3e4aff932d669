package io.twinflow.executors.slurm;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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

  /** The names of those that the user may see. */
  List<String> partitions() throws SiteException {
    List<String> names = new ArrayList<>();
    for (JsonNode one : rest.get(dialect().path("partitions")).path("partitions")) {
      names.add(one.path("name").asString(""));
    }
    return names;
  }

  /**
   * The id of the job; 0 if the array is larger than Slurm takes, or than the user may have.
   *
   * @param environment of the job, beside its PATH
   * @throws SiteException in Slurm's words; a job that can never start is not left behind
   */
  long submit(Submission what, Map<String, String> environment) throws SiteException {
    Dialect dialect = dialect();
    String path = dialect.path("job/submit");
    JsonNode answer = rest.post(path, dialect.submission(what, environment, options));
    long job = answer.path("job_id").asLong(answer.path("result").path("job_id").asLong());
    JsonNode errors = answer.path("errors");
    if (errors.isEmpty()) {
      return job;
    }
    SlurmError error = SlurmError.of(errors.get(0));
    if (job == 0 && error.number() == SlurmError.ARRAY && what.tasks() > 1) {
      return 0;
    }
    if (job == 0 && error.number() == SlurmError.LIMIT) {
      awaitOthers(error);
      if (what.tasks() > 1) {
        return 0;
      }
    }
    if (job == 0 || !error.mayPass()) {
      if (job != 0) {
        cancel(Long.toString(job));
      }
      throw rest.refusal("POST " + path, error, false);
    }
    return job;
  }

  /**
   * As long as the user has other jobs it may be their number that is too large.
   *
   * @throws SiteException if there are any
   */
  private void awaitOthers(SlurmError error) throws SiteException {
    Dialect dialect = dialect();
    if (dialect.hasJobsOf(rest.user(), rest.get(dialect.path("jobs")))) {
      throw new SiteException(
          SiteException.Certainty.NOTHING_HAPPENED,
          FailureKind.INFRASTRUCTURE,
          "site %s takes no more jobs of user %s beside those that wait or run: %s (error %d)"
              .formatted(rest.site(), rest.user(), error.words(), error.number()));
    }
  }

  /** Of a job, or of all tasks of an array, what slurmdbd has written down. */
  List<PastJob> past(long job) throws SiteException {
    Dialect dialect = dialect();
    return dialect.past(rest.get("/slurmdb/" + dialect.version() + "/job/" + job));
  }

  /** By one call, where there is one. */
  void cancelAll(List<String> jobs) throws SiteException {
    Dialect dialect = dialect();
    if (jobs.size() == 1 || !dialect.cancelsMany()) {
      for (String job : jobs) {
        cancel(job);
      }
      return;
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode list = body.putArray("jobs");
    jobs.forEach(list::add);
    rest.delete(dialect.path("jobs/"), body);
  }

  /**
   * What has ended already is no error.
   *
   * @param job or one task of an array, as Slurm names it
   */
  void cancel(String job) throws SiteException {
    try {
      rest.delete(dialect().path("job/" + job));
    } catch (SiteException e) {
      // Slurm refuses to end what has ended; that is observed.
      if (e.kind() == FailureKind.INFRASTRUCTURE) {
        throw e;
      }
    }
  }
}
