package io.twinflow.executors.api.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLoopsTest {

  @TempDir Path root;
  private Path inner;

  @BeforeEach
  void makeFolders() throws IOException {
    inner = Files.createDirectories(root.resolve("outer/inner"));
  }

  @Test
  void seesALinkToTheFolderItIsIn() throws IOException {
    assertThat(FolderLoops.isLoop(link(inner, inner))).isTrue();
  }

  @Test
  void seesALinkToAFolderFurtherUp() throws IOException {
    assertThat(FolderLoops.isLoop(link(inner, root.resolve("outer")))).isTrue();
  }

  @Test
  void seesTwoFoldersThatLeadToEachOther() throws IOException {
    Path other = Files.createDirectory(root.resolve("other"));
    Path there = Files.createSymbolicLink(inner.resolve("there"), other);
    Files.createSymbolicLink(other.resolve("back"), inner);
    assertThat(FolderLoops.isLoop(there)).isFalse();
    assertThat(FolderLoops.isLoop(there.resolve("back"))).isTrue();
  }

  @Test
  void letsALinkToAFolderBesidePass() throws IOException {
    Path beside = Files.createDirectory(root.resolve("outer/inner-too"));
    assertThat(FolderLoops.isLoop(link(inner, beside))).isFalse();
  }

  @Test
  void letsFilesAndFoldersAndBrokenLinksPass() throws IOException {
    Path file = Files.createFile(inner.resolve("file"));
    assertThat(FolderLoops.isLoop(file)).isFalse();
    assertThat(FolderLoops.isLoop(inner)).isFalse();
    assertThat(FolderLoops.isLoop(link(inner, root.resolve("absent")))).isFalse();
  }

  private static Path link(Path folder, Path target) throws IOException {
    return Files.createSymbolicLink(folder.resolve("link"), target);
  }
}
