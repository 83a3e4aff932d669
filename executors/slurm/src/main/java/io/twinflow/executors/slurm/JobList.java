package io.twinflow.executors.slurm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs of one answer, by what they were submitted as. */
final class JobList {

  private final Map<String, Map<Integer, Job>> tasks = new HashMap<>();
  private final Map<String, Job> waiting = new HashMap<>();

  JobList(List<Job> jobs) {
    for (Job job : jobs) {
      Integer index = job.index();
      if (job.array() && index == null) {
        waiting.put(job.comment(), job);
      } else {
        tasks
            .computeIfAbsent(job.comment(), c -> new HashMap<>())
            .merge(index == null ? 0 : index, job, JobList::livelier);
      }
    }
  }

  /** A lost answer may have made two jobs of one part: the first to claim an attempt runs it. */
  private static Job livelier(Job one, Job other) {
    return isOver(one) ? other : one;
  }

  private static boolean isOver(Job job) {
    return !Ends.waits(job.state()) && !Ends.runs(job.state());
  }

  /** Empty if Slurm does not know it, or not any more. */
  Optional<Job> of(String comment, int index) {
    Job job = tasks.getOrDefault(comment, Map.of()).get(index);
    Job rest = waiting.get(comment);
    boolean again = job != null && rest != null && isOver(job) && rest.id() != job.id();
    return Optional.ofNullable(job == null || again ? rest : job);
  }

  /** The id of a part that was submitted; empty if there is none. */
  Optional<Long> id(String comment) {
    Job rest = waiting.get(comment);
    if (rest != null) {
      return Optional.of(rest.id());
    }
    return tasks.getOrDefault(comment, Map.of()).values().stream().findFirst().map(Job::id);
  }
}
