package io.twinflow.executors.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.local.process.Ending;
import io.twinflow.executors.local.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bubblewrap 0.8 writes, seen by hand. */
class SandboxStartTest {

  private static final String MADE = "{ \"child-pid\": 28561, \"mnt-namespace\": 4026532177 }\n";
  private static final String ENDED = "{ \"exit-code\": 1 }\n";
  private static final String MOUNT_WENT =
      "bwrap: Can't bind mount /oldroot/ on /newroot/: Unable to apply mount flags: remount \"/newroot/a\": Invalid argument\n";

  @TempDir private Path folder;

  private Launch launch(String status, String stderr) throws IOException {
    return new Launch(
        Path.of("/usr/bin/bwrap"),
        List.of("bwrap"),
        Map.of(),
        folder,
        Path.of("/dev/null"),
        folder.resolve("stdout"),
        Files.writeString(folder.resolve("stderr"), stderr),
        Files.writeString(folder.resolve("status"), status));
  }

  private static Ending code(int code) {
    return new Ending(code, 0, null, null);
  }

  @Test
  void noSandboxIsNoEndOfTheTool() throws IOException {
    assertThat(SandboxStart.failure(launch(MADE, MOUNT_WENT), code(1)))
        .contains(MOUNT_WENT.strip());
    assertThat(SandboxStart.failure(launch("", ""), code(1))).contains("bubblewrap said nothing");
  }

  @Test
  void aToolThatEndedIsBelievedWhateverItWrote() throws IOException {
    assertThat(SandboxStart.failure(launch(MADE + ENDED, MOUNT_WENT), code(1))).isEmpty();
    assertThat(SandboxStart.failure(launch(MADE, MOUNT_WENT), code(137))).isEmpty();
  }

  @Test
  void aProgramThatCannotBeExecutedIsAMistakeInTheTask() throws IOException {
    String words = "bwrap: execvp /bin/nope: No such file or directory\n";
    assertThat(SandboxStart.failure(launch(MADE, words), code(1))).isEmpty();
  }

  @Test
  void nothingOfATryIsLeftForTheNext() throws IOException {
    Launch launch = launch(MADE, MOUNT_WENT);
    SandboxStart.forget(launch);
    assertThat(launch.stderr()).isEmptyFile();
    assertThat(launch.status()).doesNotExist();
  }
}
