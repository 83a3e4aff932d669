package io.twinflow.executors.bundle.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.OutputFolder.EscapeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SightTest {

  @TempDir Path temporary;
  private Path root;
  private Path out;
  private Path input;
  private Path other;
  private Sight sight;

  @BeforeEach
  void makeFolders() throws IOException {
    root = temporary.toRealPath();
    out = Files.createDirectories(root.resolve("attempt/out"));
    input = Files.writeString(root.resolve("input"), "x");
    other = Files.createDirectory(root.resolve("other"));
    Files.writeString(other.resolve("secret"), "x");
    sight = new Sight(List.of(out), List.of(input, root.resolve("gone")));
  }

  private Path source(Path host) throws Exception {
    return sight.source(host, host);
  }

  @Test
  void showsAPlainFileUnderItsOwnPath() throws Exception {
    Path file = Files.writeString(Files.createDirectory(out.resolve("a")).resolve("b"), "x");
    assertThat(source(file)).isEqualTo(file);
  }

  @Test
  void showsALinkInsideUnderWhatItPointsTo() throws Exception {
    Path file = Files.writeString(out.resolve("file"), "x");
    Path link = Files.createSymbolicLink(out.resolve("link"), file);
    assertThat(source(link)).isEqualTo(file);
  }

  @Test
  void showsALinkToAnInputUnderTheNameOfTheInput() throws Exception {
    assertThat(source(Files.createSymbolicLink(out.resolve("link"), input))).isEqualTo(input);
  }

  @Test
  void refusesALinkToAnythingElse() throws Exception {
    Path link = Files.createSymbolicLink(out.resolve("link"), other.resolve("secret"));
    assertThatThrownBy(() -> source(link)).isInstanceOf(EscapeException.class);
  }

  @Test
  void refusesAFileBehindALinkedFolder() throws Exception {
    Path link = Files.createSymbolicLink(out.resolve("link"), other);
    assertThatThrownBy(() -> source(link.resolve("secret"))).isInstanceOf(EscapeException.class);
  }

  @Test
  void refusesAPathThatGoesUp() {
    assertThatThrownBy(() -> source(out.resolve("../../other/secret")))
        .isInstanceOf(EscapeException.class);
  }

  @Test
  void refusesAWorkingFolderThatTheToolReplacedByALink() throws Exception {
    Files.delete(out);
    Files.createSymbolicLink(out, other);
    assertThatThrownBy(() -> source(out.resolve("secret"))).isInstanceOf(EscapeException.class);
  }

  @Test
  void findsItsFilesAlthoughTheRunWasMovedBehindALink() throws Exception {
    Files.writeString(out.resolve("file"), "x");
    Files.createSymbolicLink(out.resolve("link"), Path.of("file"));
    Path moved = root.resolve("moved");
    Files.move(root.resolve("attempt"), moved);
    Files.createSymbolicLink(root.resolve("attempt"), moved);
    assertThat(source(out.resolve("link"))).isEqualTo(moved.resolve("out/file"));
  }

  @Test
  void saysThatALinkPointsToNothing() throws Exception {
    Path link = Files.createSymbolicLink(out.resolve("link"), out.resolve("absent"));
    assertThatThrownBy(() -> source(link)).isInstanceOf(NoSuchFileException.class);
  }
}
