package io.twinflow.engine.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileArtifactsTest {

  @TempDir Path folder;
  private final FileArtifacts artifacts = new FileArtifacts();

  private URI at(String name) {
    return Locations.uri(Locations.of(folder.resolve(name)));
  }

  @Test
  void seesFilesFoldersAndNothing() throws Exception {
    Files.writeString(folder.resolve("f"), "abc");

    assertThat(artifacts.stat(at("f")).orElseThrow().size()).isEqualTo(3);
    assertThat(artifacts.stat(at("")).orElseThrow().directory()).isTrue();
    assertThat(artifacts.stat(at("gone"))).isEmpty();
    assertThat(artifacts.stat(at("f/below"))).isEmpty();
  }

  @Test
  void refusesWhatMightNeverEndAndTakesNothingForAnEmptyFile() throws Exception {
    assertThatThrownBy(() -> artifacts.stat(URI.create("file:///dev/zero")))
        .hasMessageContaining("/dev/zero is a pipe, a socket or a device");
    assertThat(artifacts.stat(URI.create("file:///dev/null")).orElseThrow().size()).isZero();
  }

  @Test
  void listsByNameWithoutBrokenLinks() throws Exception {
    Files.writeString(folder.resolve("b"), "");
    Files.createDirectory(folder.resolve("a"));
    Files.createSymbolicLink(folder.resolve("broken"), Path.of("nowhere"));

    assertThat(artifacts.list(at(""))).extracting(Artifacts.Stat::name).containsExactly("a", "b");
  }

  @Test
  void refusesAFolderThatIsReachedAgainThroughItself() throws Exception {
    Path inner = Files.createDirectories(folder.resolve("outer/inner"));
    Files.createSymbolicLink(inner.resolve("back"), Path.of(".."));

    assertThatThrownBy(() -> artifacts.list(at("outer/inner")))
        .hasMessageContaining("outer/inner/back is a link to a folder that holds it");
    assertThat(artifacts.list(at("outer"))).hasSize(1);
  }

  @Test
  void digestsAgainWhatHasChanged() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "abc");
    Artifacts.Identity before = artifacts.identify(at("f"));

    assertThat(before.sha1()).isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
    assertThat(before.sha256()).startsWith("ba7816bf8f01cfea");
    assertThat(artifacts.identify(at("f"))).isSameAs(before);

    Files.writeString(file, "abd");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertThat(artifacts.identify(at("f")).sha1()).isNotEqualTo(before.sha1());
  }

  @Test
  void saysThatItKnowsOnlyFiles() {
    assertThatThrownBy(() -> artifacts.stat(URI.create("s3://bucket/key")))
        .hasMessageContaining("s3://bucket/key")
        .hasMessageContaining("not a file: location");
  }
}
