package io.twinflow.engine.stores.place;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.OutputFolder.Entry;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One attempt at a bench. */
record Attempt(StoreBench bench, AttemptKey key) {

  static Attempt at(StoreBench bench) {
    return new Attempt(
        bench,
        new AttemptKey(StoreBench.INSTALLATION, "r" + Long.toString(System.nanoTime(), 36), 1, 1));
  }

  TaskBuilder task(String script) {
    return new TaskBuilder(key, bench.tasks.layout(key, false), List.of("sh", "-c", script), null);
  }

  Process start(Client client, TaskBuilder task, Map<String, String> more) throws Exception {
    bench.tasks.write(task.build());
    return bench.start(client, key, more);
  }

  String run(Client client, TaskBuilder task) throws Exception {
    return said(start(client, task, Map.of()));
  }

  /** Until it has ended. */
  static String said(Process process) throws Exception {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  TaskResult result(String said) throws IOException {
    return bench
        .tasks
        .result(key, Instant.EPOCH)
        .orElseThrow(() -> new AssertionError("no record; it said: " + said));
  }

  String log(LogStream stream) throws IOException {
    try (InputStream in = bench.tasks.log(key, stream)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static String text(OutputFolder folder, String path) throws Exception {
    Entry entry = folder.find(path).orElseThrow(() -> new AssertionError("no " + path));
    return new String(folder.read(entry, 1 << 20), StandardCharsets.UTF_8);
  }
}
