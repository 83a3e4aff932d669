package io.twinflow.executors.local;

import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs many short tools in bubblewrap and prints how often each end and each log was seen. */
final class ManySandboxes {

  private static final String RUN = "many";

  private ManySandboxes() {}

  /** ROOT COUNT. */
  public static void main(String[] arguments) throws Exception {
    LocalOptions options =
        LocalOptions.in(Path.of(arguments[0]))
            .withContainers(ContainerChoice.NONE)
            .withSandbox(Sandbox.BWRAP);
    try (LocalExecutor executor = new LocalExecutor(options)) {
      List<TaskSpec> tasks = new ArrayList<>();
      for (int i = 1; i <= Integer.parseInt(arguments[1]); i++) {
        tasks.add(Tasks.task(executor, Tasks.key(RUN, i, 1), "echo out; echo err >&2"));
      }
      BatchHandle handle =
          executor.submit(new Batch(new BatchKey(Tasks.INSTALLATION, RUN, 1), tasks));
      Map<String, Integer> seen = new TreeMap<>();
      for (int ended = 0; ended < tasks.size(); ) {
        for (Observation news : executor.observe(List.of(handle), Duration.ofSeconds(30))) {
          if (news.state() instanceof TaskState.Ended end) {
            seen.merge(end.result().outcome().toString(), 1, Integer::sum);
            ended++;
          }
        }
      }
      for (TaskSpec task : tasks) {
        for (LogStream stream : LogStream.values()) {
          try (var log = executor.log(task.attempt(), stream)) {
            String text = new String(log.readAllBytes(), StandardCharsets.UTF_8);
            seen.merge(text.strip(), 1, Integer::sum);
          }
        }
      }
      System.out.println(seen);
    }
  }
}
