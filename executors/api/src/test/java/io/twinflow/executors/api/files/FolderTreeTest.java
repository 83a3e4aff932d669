package io.twinflow.executors.api.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {

  @TempDir Path folder;

  @Test
  void deletesAFolderAndNeverWhatALinkInItPointsTo() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path kept = Files.writeString(other.resolve("kept"), "x");
    Path tree = Files.createDirectories(folder.resolve("tree/deep")).getParent();
    Files.createSymbolicLink(tree.resolve("deep/link"), other);
    FolderTree.delete(tree);
    assertThat(tree).doesNotExist();
    assertThat(kept).exists();
  }

  @Test
  void deletesAFolderThatItsOwnerMayNotWriteTo() throws IOException {
    Path tree = Files.createDirectories(folder.resolve("tree/deep"));
    Files.writeString(tree.resolve("file"), "x");
    Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("r-xr-xr-x"));
    FolderTree.delete(tree.getParent());
    assertThat(tree.getParent()).doesNotExist();
  }

  @Test
  void findsNothingToDeleteWhereThereIsNothing() throws IOException {
    FolderTree.delete(folder.resolve("absent"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void emptiesAFolderOfAllButWhatIsKept() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept"), "x");
    Files.writeString(folder.resolve("gone"), "x");
    Files.createDirectories(folder.resolve("also/gone"));
    FolderTree.deleteInside(folder, Set.of(kept));
    assertThat(folder).isDirectoryContaining(kept::equals);
    assertThat(folder.resolve("gone")).doesNotExist();
    assertThat(folder.resolve("also")).doesNotExist();
  }

  @Test
  void addsUpTheSizesOfFilesBelow() throws IOException {
    Files.writeString(folder.resolve("a"), "1234");
    Files.writeString(Files.createDirectory(folder.resolve("b")).resolve("c"), "567");
    assertThat(FolderTree.size(folder)).isEqualTo(7);
  }
}
