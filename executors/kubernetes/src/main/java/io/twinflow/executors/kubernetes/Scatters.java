package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which Jobs a batch becomes: tasks whose pods are alike share an indexed one. */
record Scatters(JobBody body, BatchKey batch) {

  /** Of a label, and so of the names of pods and what they call themselves. */
  private static final int LONGEST = 63;

  List<Submission> of(List<TaskSpec> tasks) throws AttemptFailure {
    Map<PodTemplateSpec, List<TaskSpec>> alike = new LinkedHashMap<>();
    for (TaskSpec task : tasks) {
      alike.computeIfAbsent(template(name(0), task), template -> new ArrayList<>()).add(task);
    }
    List<Submission> all = new ArrayList<>();
    int parts = 0;
    for (List<TaskSpec> group : alike.values()) {
      String name = name(parts);
      if (group.size() > 1 && name.length() + 1 + digits(group.size()) <= LONGEST) {
        parts++;
        all.add(indexed(name, group));
      } else {
        for (TaskSpec task : group) {
          all.add(one(task));
        }
      }
    }
    return all;
  }

  /** No attempt is called so: the name of one ends with two numbers. */
  private String name(int part) {
    return batch.value() + "-" + part;
  }

  private static int digits(int count) {
    return Integer.toString(count - 1).length();
  }

  private PodTemplateSpec template(String name, TaskSpec task) throws AttemptFailure {
    return body.template(batch, new Whose.ByIndex(name), task);
  }

  Submission one(TaskSpec task) throws AttemptFailure {
    return new Submission(body.of(batch, task), List.of(task.attempt()));
  }

  private Submission indexed(String name, List<TaskSpec> group) throws AttemptFailure {
    TaskSpec first = group.getFirst();
    return new Submission(
        body.indexed(
            batch,
            name,
            template(name, first),
            group.size(),
            "%s and %d more".formatted(first.name(), group.size() - 1)),
        group.stream().map(TaskSpec::attempt).toList());
  }
}
