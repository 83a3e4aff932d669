package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.testing.TaskBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs one script in bubblewrap, as whoever starts this program, and prints what it said. */
final class SandboxedTask {

  private SandboxedTask() {}

  /** ROOT INPUT SCRIPT [network]; the script finds the input in the variable IN. */
  public static void main(String[] arguments) throws Exception {
    LocalOptions options =
        LocalOptions.in(Path.of(arguments[0]))
            .withContainers(ContainerChoice.NONE)
            .withSandbox(Sandbox.BWRAP);
    try (LocalExecutor executor = new LocalExecutor(options)) {
      AttemptKey key = Tasks.key("sandbox" + ProcessHandle.current().pid(), 1, 1);
      TaskBuilder task =
          Tasks.shell(executor, key, arguments[2]).link(Path.of(arguments[1]), "input");
      task.environment("IN", task.layout().inputs() + "/input");
      if (List.of(arguments).contains("network")) {
        task.networkAccess();
      }
      var batch =
          new io.twinflow.executors.api.Batch(
              new io.twinflow.executors.api.BatchKey(Tasks.INSTALLATION, key.run(), 1),
              List.of(task.build()));
      var end = ContainerBench.end(executor, executor.submit(batch));
      for (LogStream stream : LogStream.values()) {
        try (var log = executor.log(key, stream)) {
          System.out.print(new String(log.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      System.out.println(end);
    }
  }
}
