package io.twinflow.executors.api.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinflow.executors.api.OutputFolder.Identity;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {

  /** Larger than what Java digests, and not a multiple of any buffer. */
  private static final int LARGE = 5 * 1024 * 1024 + 17;

  @TempDir Path folder;

  @Test
  void givesTheDigestsThatTheStandardGivesForAKnownText() throws IOException {
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    assertThat(FileDigests.of(file))
        .isEqualTo(
            new Identity(
                "a9993e364706816aba3e25717850c26c9cd0d89d",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                3));
  }

  @Test
  void digestsAnEmptyFile() throws IOException {
    Path file = Files.createFile(folder.resolve("empty"));
    assertThat(FileDigests.of(file).sha1()).isEqualTo("da39a3ee5e6b4b0d3255bfef95601890afd80709");
    assertThat(FileDigests.of(file).size()).isZero();
  }

  @Test
  void givesForALargeFileWhatJavaGives() throws IOException {
    Path file = large();
    try (FileChannel in = FileChannel.open(file)) {
      assertThat(FileDigests.of(file)).isEqualTo(FileDigests.inJava(in, in.size()));
    }
  }

  @Test
  void leavesNoDifferenceBetweenJavaAndLibcrypto() throws IOException {
    LibCrypto crypto = LibCrypto.loaded();
    assumeTrue(crypto != null, "this machine has no libcrypto that may digest SHA-1");
    Path file = large();
    try (FileChannel java = FileChannel.open(file);
        FileChannel other = FileChannel.open(file)) {
      assertThat(FileDigests.inNative(other, crypto))
          .isEqualTo(FileDigests.inJava(java, java.size()));
    }
  }

  @Test
  void stopsWhenItsThreadIsInterrupted() throws IOException {
    Path file = large();
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> FileDigests.of(file)).isInstanceOf(ClosedByInterruptException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private Path large() throws IOException {
    byte[] bytes = new byte[LARGE];
    new Random(1).nextBytes(bytes);
    return Files.write(folder.resolve("large"), bytes);
  }
}
