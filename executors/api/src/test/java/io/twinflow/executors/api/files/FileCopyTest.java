package io.twinflow.executors.api.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCopyTest {

  private static final long LARGE = 65L * 1024 * 1024;

  @TempDir Path folder;

  @Test
  void copiesASmallFileOverAnother() throws IOException {
    Path source = Files.writeString(folder.resolve("source"), "new");
    Path target = Files.writeString(folder.resolve("target"), "what was there");
    describe(source);
    FileCopy.copy(source, target);
    assertThat(target).hasContent("new");
    assertDescribed(target);
  }

  @Test
  void copiesALargeFileToItsLastByte() throws IOException {
    Path source = large();
    Path target = Files.writeString(folder.resolve("target"), "what was there");
    describe(source);
    FileCopy.copy(source, target);
    assertThat(Files.mismatch(source, target)).isEqualTo(-1);
    assertDescribed(target);
  }

  @Test
  void copiesWhatALinkPointsTo() throws IOException {
    Files.writeString(folder.resolve("source"), "text");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("source"));
    FileCopy.copy(link, folder.resolve("target"));
    assertThat(folder.resolve("target")).isRegularFile().hasContent("text");
    assertThat(Files.isSymbolicLink(folder.resolve("target"))).isFalse();
  }

  @Test
  void stopsInALargeFileWhenItsThreadIsInterrupted() throws IOException {
    Path source = large();
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> FileCopy.copy(source, folder.resolve("target")))
          .isInstanceOf(ClosedByInterruptException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** Most of it is a hole, so that it takes no time to make. */
  private Path large() throws IOException {
    Path file = folder.resolve("large");
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      out.write(ByteBuffer.wrap(new byte[] {4}), LARGE);
    }
    return file;
  }

  private static void describe(Path source) throws IOException {
    Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rwxr-x---"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2020-02-02T20:20:20Z")));
  }

  private static void assertDescribed(Path target) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rwxr-x---");
    assertThat(Files.getLastModifiedTime(target).toInstant())
        .isEqualTo(Instant.parse("2020-02-02T20:20:20Z"));
  }
}
