package io.twinflow.executors.api.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstFileTest {

  /** As FAT answers. */
  private static final FirstFile.Link NO_LINKS =
      (name, file) -> {
        throw new FileSystemException(name.toString(), file.toString(), "Operation not permitted");
      };

  @TempDir Path folder;
  private Path part;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    part = Files.writeString(folder.resolve("part"), "new");
    file = folder.resolve("file");
  }

  @Test
  void appearsWhereThereAreNoLinks() throws Exception {
    FirstFile.appear(part, file, NO_LINKS);
    assertThat(file).hasContent("new");
  }

  @Test
  void leavesWhatWasThereFirst() throws Exception {
    Files.writeString(file, "old");
    assertThatThrownBy(() -> FirstFile.appear(part, file, NO_LINKS))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> FirstFile.appear(part, file))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("old");
  }
}
