package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.site.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Takes everything, unless it is told what else to do, and runs nothing. */
final class FakePlatform implements Platform {

  /** What becomes of a call. */
  @FunctionalInterface
  interface Sending {
    Sent send(Attempt attempt) throws SiteException;
  }

  final List<Attempt> stopped = new ArrayList<>();
  volatile Sending sending = attempt -> new Sent.Taken();

  @Override
  public String target(TaskSpec task) {
    return "fake";
  }

  @Override
  public Sent send(Attempt attempt) throws SiteException {
    return sending.send(attempt);
  }

  @Override
  public Map<Attempt, String> over(Collection<Attempt> attempts) {
    return Map.of();
  }

  @Override
  public boolean knowsEnds() {
    return true;
  }

  @Override
  public String whyNotStarted(Attempt attempt) {
    return "the queue is long";
  }

  @Override
  public void stop(Attempt attempt) {
    stopped.add(attempt);
  }

  @Override
  public List<Finding> check() {
    return List.of();
  }

  @Override
  public void close() {}
}
