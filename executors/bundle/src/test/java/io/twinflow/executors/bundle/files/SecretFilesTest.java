package io.twinflow.executors.bundle.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.Staging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {

  @TempDir private Path folder;
  private SecretFiles secrets;

  @BeforeEach
  void make() {
    secrets = new SecretFiles(folder.resolve("list"));
  }

  private Path write(String name, boolean secret) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    secrets.write(file, new Staging.WriteText("text", file.toString(), false, secret));
    return file;
  }

  @Test
  void areReadableByTheirOwnerAlone() throws Exception {
    Path file = write("a b\nü", true);

    assertThat(file).hasContent("text");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void goWhenTheyAreErasedAndOthersStay() throws Exception {
    Path secret = write("a b\nü", true);
    Path other = write("other", false);

    secrets.erase();
    secrets.erase();

    assertThat(secret).doesNotExist();
    assertThat(other).exists();
    assertThat(folder.resolve("list")).doesNotExist();
  }

  @Test
  void stayIfTheyAreOutputsOrInFoldersThatAre() throws Exception {
    Path output = write("one", true);
    Path inside = write("two/inside", true);
    Path namesake = write("two.more", true);

    secrets.keep(
        List.of(
            output.toUri().toString(),
            folder.resolve("two").toUri().toString().replaceAll("/$", ""),
            "http://example.org/x"));
    secrets.erase();

    assertThat(output).exists();
    assertThat(inside).exists();
    assertThat(namesake).doesNotExist();
  }

  @Test
  void areNotWrittenThroughALinkThatWasThere() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "before");
    Files.createSymbolicLink(folder.resolve("link"), target);

    write("link", true);

    assertThat(target).hasContent("before");
  }
}
