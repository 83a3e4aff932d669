package io.twinflow.executors.serverless.oscar;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.SiteException.Certainty;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Removes what nobody needs at OSCAR: jobs that have ended, services that are not used. */
final class Tidy {

  /** Between two calls for the jobs of one service, and between two looks for idle services. */
  private static final Duration SELDOM = Duration.ofMinutes(1);

  private static final String IDLE = "";

  private final KnownServices services;
  private final Jobs jobs;
  private final Uses uses;
  private final Duration keep;
  private final Map<String, Instant> next = new HashMap<>();

  Tidy(KnownServices services, Jobs jobs, Uses uses, Duration keep) {
    this.services = services;
    this.jobs = jobs;
    this.uses = uses;
    this.keep = keep;
  }

  void begin(String service, AttemptKey attempt) throws SiteException {
    try {
      uses.begin(service, attempt.value());
    } catch (IOException e) {
      throw unnoted(e);
    }
  }

  private static SiteException unnoted(IOException e) {
    return new SiteException(
        Certainty.NOTHING_HAPPENED,
        FailureKind.INFRASTRUCTURE,
        "cannot write down which services are needed: " + e.getMessage(),
        e);
  }

  void end(AttemptKey attempt, Instant now) throws SiteException {
    try {
      for (String service : uses.end(attempt.value())) {
        if (isDue(service, now, SELDOM)) {
          jobs.deleteEnded(service);
        }
      }
      if (isDue(IDLE, now, keep.compareTo(SELDOM) < 0 ? keep : SELDOM)) {
        for (String idle : uses.takeIdle(keep, now)) {
          services.delete(idle);
        }
      }
    } catch (IOException e) {
      throw unnoted(e);
    }
  }

  private synchronized boolean isDue(String what, Instant now, Duration interval) {
    if (now.isBefore(next.getOrDefault(what, Instant.MIN))) {
      return false;
    }
    next.put(what, now.plus(interval));
    return true;
  }
}
