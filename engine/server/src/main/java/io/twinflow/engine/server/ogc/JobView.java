package io.twinflow.engine.server.ogc;

import io.twinflow.engine.core.view.RunSnapshot;
import io.twinflow.engine.core.view.StepSnapshot;
import io.twinflow.engine.server.runs.PublicText;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Jobs as {@code statusInfo}: with the names of version 1.0 and of the one after it. */
@Component
class JobView {

  private static final String REL = "http://www.opengis.net/def/rel/ogc/1.0/";
  private static final int ALL = 100;

  private final JsonMapper json;

  JobView(JsonMapper json) {
    this.json = json;
  }

  /**
   * @param snapshot of a job that runs, for its progress
   */
  ObjectNode status(JobRow job, Optional<RunSnapshot> snapshot, Base base) {
    ObjectNode status = json.createObjectNode();
    status.put("jobID", job.id());
    status.put("id", job.id());
    status.put("processID", job.process());
    status.put("type", "process");
    status.put("processingEntityType", "ogc-api-processes");
    status.put("status", job.status().name().toLowerCase(Locale.ROOT));
    status.put("message", message(job));
    status.put("created", job.created().toString());
    if (job.started() != null) {
      status.put("started", job.started().toString());
    }
    if (job.ended() != null) {
      status.put("finished", job.ended().toString());
      status.put("updated", job.ended().toString());
    }
    switch (job.status()) {
      case ACCEPTED -> status.put("progress", 0);
      case RUNNING -> snapshot.ifPresent(now -> status.put("progress", progress(now)));
      case SUCCESSFUL -> status.put("progress", ALL);
      case FAILED, DISMISSED -> {}
    }
    links(job, base, status.putArray("links"));
    return status;
  }

  private void links(JobRow job, Base base, ArrayNode links) {
    String self = base.job(job.id());
    links.add(json.<ObjectNode>valueToTree(Link.json(self, "self", "This job")));
    links.add(json.<ObjectNode>valueToTree(Link.json(self, "monitor", "The status of the job")));
    links.add(json.<ObjectNode>valueToTree(Link.html(self, "alternate", "This job for people")));
    if (job.status() == JobRow.Status.SUCCESSFUL) {
      links.add(
          json.<ObjectNode>valueToTree(
              Link.json(self + "/results", REL + "results", "The results")));
    } else if (job.status() == JobRow.Status.FAILED) {
      links.add(
          json.<ObjectNode>valueToTree(
              Link.json(self + "/results", REL + "exceptions", "What went wrong")));
    }
  }

  private static String message(JobRow job) {
    return switch (job.status()) {
      case ACCEPTED -> "waits to be taken up";
      case RUNNING -> "runs";
      case SUCCESSFUL -> "has ended";
      case FAILED -> job.failure() == null ? "has failed" : PublicText.of(job.failure());
      case DISMISSED -> "was dismissed";
    };
  }

  /** The share of the invocations known so far that are settled; all of it only at the end. */
  private static int progress(RunSnapshot now) {
    long total = 0;
    long settled = 0;
    for (StepSnapshot step : now.steps()) {
      if (!step.composite()) {
        total += Math.max(1, step.total());
        settled += step.settled();
      }
    }
    return total == 0 ? 0 : (int) Math.min(ALL - 1, ALL * settled / total);
  }
}
