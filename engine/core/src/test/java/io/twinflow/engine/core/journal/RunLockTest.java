package io.twinflow.engine.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinflow.engine.core.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the system knows of a lock, which is what another engine would find. */
@Timeout(60)
class RunLockTest {

  private static final Path LOCKS = Path.of("/proc/locks");
  private static final RunId RUN = new RunId("20261120-093000-aaaaaa");
  private static final int ROUNDS = 200;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void needsAListOfLocks() {
    assumeTrue(Files.isReadable(LOCKS), "the system does not list its locks in " + LOCKS);
    file = folder.resolve("lock");
  }

  private RunLock take() throws IOException {
    return RunLock.take(RUN, file, "me");
  }

  private boolean isKnownToTheSystem() throws IOException {
    String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
    String process = " " + ProcessHandle.current().pid() + " ";
    try (Stream<String> lines = Files.lines(LOCKS)) {
      return lines.anyMatch(line -> line.contains(inode) && line.contains(process));
    }
  }

  @Test
  void staysAfterASecondTakeWasRefused() throws Exception {
    try (RunLock _ = take()) {
      assertThatThrownBy(this::take)
          .isInstanceOf(OwnedElsewhereException.class)
          .hasMessageContaining("is being executed by me");
      assertThat(isKnownToTheSystem()).isTrue();
    }
    assertThat(isKnownToTheSystem()).isFalse();
  }

  @Test
  void staysWhoeverLooksAtIt() throws Exception {
    Files.createFile(file);
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> looker =
        CompletableFuture.supplyAsync(() -> {
          int looks = 0;
          for (; !done.get(); looks++) {
            isHeld();
          }
          return looks;
        });
    try {
      for (int i = 0; i < ROUNDS; i++) {
        try (RunLock _ = take()) {
          assertThat(isKnownToTheSystem()).isTrue();
          assertThat(isHeld()).isTrue();
        }
      }
    } finally {
      done.set(true);
    }
    assertThat(looker.get()).isPositive();
    assertThat(isHeld()).isFalse();
  }

  private boolean isHeld() {
    try {
      return RunLock.isHeld(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
