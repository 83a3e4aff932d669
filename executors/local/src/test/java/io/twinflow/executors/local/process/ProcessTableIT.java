package io.twinflow.executors.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableIT {

  @TempDir private Path folder;

  /** What is looked for just then would be taken for gone, and run on for ever. */
  @Test
  void aProcessIsKnownAlsoWhileItBecomesAnotherProgram() throws Exception {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc");
    Path script =
        Files.writeString(
            folder.resolve("again"), "[ $1 = 0 ] || exec sh \"$0\" $(($1 - 1))\nsleep 300\n");
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString(), "600");
    builder.environment().put("TWINFLOW_TEST", "known");
    Process process = builder.inheritIO().start();
    try {
      long looks = 0;
      while (process.descendants().findAny().isEmpty()) {
        assertThat(ProcessTable.carries(process.pid(), "TWINFLOW_TEST=known"))
            .as("look %d", looks++)
            .isTrue();
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
