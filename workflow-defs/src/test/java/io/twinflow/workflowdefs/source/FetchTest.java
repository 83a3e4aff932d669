package io.twinflow.workflowdefs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchTest {

  @TempDir Path folder;

  @Test
  void aFileIsRead() throws Exception {
    Path file = Files.writeString(folder.resolve("item #1 é%41.cwl"), "a: 1");
    assertThat(fetch(file)).isEqualTo("a: 1".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void missingFilesDirectoriesAndHugeFilesGetOneLine() throws Exception {
    Files.writeString(folder.resolve("workflow.cwl"), "a: 1");
    assertRefused(folder.resolve("worflow.cwl"), "no such file; did you mean \"workflow.cwl\"?");
    assertRefused(folder.resolve("none/wf.cwl"), "no such file; the folder");
    assertRefused(folder, "expected a document, found a directory.");
    Path huge = folder.resolve("huge.yml");
    try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
      sparse.setLength(200L << 20);
    }
    assertRefused(huge, "the document is larger than the bound of 32 MiB");
    assertRefused(Path.of("/dev/zero"), "expected a document, found a device or a pipe.");
  }

  @Test
  void otherSchemesAreRefused() {
    assertThatThrownBy(
            () -> SourceFetcher.ofFilesAndHttp().fetch("s3://b/k", "s3://b/k", ReadLimits.DEFAULT))
        .hasMessageContaining("expected a file or an http(s) URL");
  }

  private byte[] fetch(Path path) throws InvalidDefinitionException {
    return SourceFetcher.ofFilesAndHttp().fetch(Iri.ofPath(path), "shown", ReadLimits.DEFAULT);
  }

  private void assertRefused(Path path, String part) {
    assertThatThrownBy(() -> fetch(path))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageStartingWith("shown:1:1: " + part)
        .message()
        .doesNotContain("\n");
  }
}
