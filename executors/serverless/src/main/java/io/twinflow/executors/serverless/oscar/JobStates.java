package io.twinflow.executors.serverless.oscar;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.SiteException.Certainty;
import io.twinflow.executors.serverless.attempts.Attempt;
import io.twinflow.executors.serverless.attempts.Ground;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Asks OSCAR which jobs have ended; seldom, because results are found without it. */
final class JobStates {

  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  /** How many looks into the folders there are to one at OSCAR. */
  private static final int SELDOM = 5;

  private final Jobs jobs;
  private final Ground ground;
  private final boolean ownNames;
  private final Duration interval;

  /** The jobs that were there at the last look. */
  private Set<String> seen = Set.of();

  private Instant next = Instant.MIN;

  JobStates(Jobs jobs, Ground ground, boolean ownNames, Duration poll) {
    this.jobs = jobs;
    this.ground = ground;
    this.ownNames = ownNames;
    this.interval = poll.multipliedBy(SELDOM);
  }

  /** Those of which all jobs have ended; of the one thread that looks. */
  Map<Attempt, String> over(
      Collection<Attempt> attempts, Function<Attempt, String> service, Instant now)
      throws SiteException {
    if (now.isBefore(next)) {
      return Map.of();
    }
    next = now.plus(interval);
    Map<String, Map<Attempt, List<String>>> asked = new HashMap<>();
    for (Attempt attempt : attempts) {
      List<String> names = names(attempt);
      if (!names.isEmpty()) {
        asked.computeIfAbsent(service.apply(attempt), s -> new HashMap<>()).put(attempt, names);
      }
    }
    Map<Attempt, String> over = new HashMap<>();
    Set<String> listed = new HashSet<>();
    for (Map.Entry<String, Map<Attempt, List<String>>> one : asked.entrySet()) {
      Set<String> wanted = new HashSet<>();
      one.getValue().values().forEach(wanted::addAll);
      Map<String, String> states = jobs.states(one.getKey(), wanted);
      for (Map.Entry<Attempt, List<String>> of : one.getValue().entrySet()) {
        if (of.getValue().stream().allMatch(name -> isOver(name, states))) {
          over.put(of.getKey(), words(one.getKey(), of.getValue(), states));
        }
      }
      wanted.retainAll(states.keySet());
      listed.addAll(wanted);
    }
    seen = listed;
    return over;
  }

  /** Of the jobs that have started an attempt, or will. */
  List<String> names(Attempt attempt) throws SiteException {
    try {
      List<String> names = new ArrayList<>(ground.starts(attempt.key()));
      if (ownNames && names.isEmpty()) {
        names.add(attempt.key().value());
      }
      return names;
    } catch (IOException e) {
      throw new SiteException(
          Certainty.NOTHING_HAPPENED,
          FailureKind.INFRASTRUCTURE,
          "cannot read which jobs have started %s: %s".formatted(attempt.key(), e.getMessage()),
          e);
    }
  }

  /**
   * One that was listed and is not any more was deleted; one that never was may be somebody's to
   * see only.
   */
  private boolean isOver(String job, Map<String, String> states) {
    String state = states.get(job);
    return state == null ? seen.contains(job) : ENDED.contains(state);
  }

  private String words(String service, List<String> names, Map<String, String> states)
      throws SiteException {
    List<String> words = new ArrayList<>();
    for (String name : names) {
      String state = states.get(name);
      if (state == null) {
        words.add("OSCAR's job %s was deleted".formatted(name));
      } else {
        String said = jobs.lastWords(service, name);
        words.add(
            "OSCAR's job %s ended as %s%s"
                .formatted(name, state, said.isEmpty() ? "" : " and said " + said));
      }
    }
    return String.join(", ", words) + ", and left no result";
  }
}
