package io.twinflow.executors.serverless.oscar;

import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A job of {@link OscarStandIn}: a process with the event in its environment, which is also piped
 * into what stands for OSCAR's supervisor, as its containers do; started again when it fails.
 */
final class StandInJob {

  /** backoffLimit of OSCAR's jobs. */
  private static final int MORE_STARTS = 3;

  private static final String SUPERVISOR =
      """
      #!/bin/sh
      INPUT_FILE_PATH=$0.event
      export INPUT_FILE_PATH
      cat >"$INPUT_FILE_PATH"
      echo "supervisor: the event has arrived"
      sh "$0.script" || exit 1
      """;

  private final String name;
  private final JsonNode service;
  private final String event;
  private volatile String state = "Pending";
  private volatile Process process;
  private volatile boolean deleted;
  private volatile String ended = "";
  private volatile Path folder;

  StandInJob(String name, JsonNode service, String event) {
    this.name = name;
    this.service = service;
    this.event = event;
    if (!service.path("image").asString().equals(OscarStandIn.NO_IMAGE)) {
      Thread.ofVirtual().start(this::run);
    }
  }

  String name() {
    return name;
  }

  boolean isOf(String other) {
    return service.path("name").asString().equals(other);
  }

  String state() {
    return state;
  }

  /** Kept as long as the job is. */
  String log() {
    try {
      return ended.isEmpty() && folder != null ? Files.readString(folder.resolve("log")) : ended;
    } catch (IOException e) {
      return ended;
    }
  }

  private void run() {
    try {
      folder = Files.createTempDirectory("oscar-stand-in");
      Path supervisor = folder.resolve("supervisor");
      Files.writeString(supervisor, SUPERVISOR);
      Files.setPosixFilePermissions(supervisor, PosixFilePermissions.fromString("rwx------"));
      Files.writeString(folder.resolve("supervisor.script"), service.path("script").asString());
      int code = 1;
      for (int start = 0; start <= MORE_STARTS && code != 0 && !deleted; start++) {
        code = start(supervisor);
      }
      ended = log();
      state = code == 0 ? "Succeeded" : "Failed";
      if (state.equals("Failed") && !deleted) {
        System.getLogger(StandInJob.class.getName()).log(System.Logger.Level.WARNING, log());
      }
      FolderTree.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int start(Path supervisor) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", "echo $EVENT | " + supervisor)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    builder.environment().put("EVENT", event);
    builder.environment().put("JOB_UUID", name);
    builder.environment().put("OF_THE_IMAGE", service.path("image").asString());
    process = builder.start();
    state = "Running";
    if (deleted) {
      end();
    }
    return process.waitFor();
  }

  /** Its pod ends at once, as when a node is lost. */
  void killPod() {
    end();
  }

  /** True, for the convenience of who removes it. */
  boolean delete() {
    deleted = true;
    end();
    return true;
  }

  /** Everything in the container, also what has left the shell's tree: its environment tells. */
  private void end() {
    Process known = process;
    if (known == null) {
      return;
    }
    String mark = "JOB_UUID=" + name + "\0";
    List<ProcessHandle> all =
        Stream.concat(known.toHandle().descendants(), Stream.of(known.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    ProcessHandle.allProcesses()
        .filter(other -> environment(other).contains(mark))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static String environment(ProcessHandle of) {
    try {
      return "\0"
          + Files.readString(
              Path.of("/proc", Long.toString(of.pid()), "environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
