package io.twinflow.workflowdefs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IriTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/d/plain.txt",
        "/d/a b.txt",
        "/d/A:Gln2Cys",
        "/d/item #1.txt",
        "/d/50%.txt",
        "/d/%41.txt",
        "/d/grün/日本.txt",
        "/d/q?x=1&y",
        "/d/new\nline"
      })
  void everyFileNameGoesThereAndBack(String path) {
    assertThat(Iri.toPath(Iri.ofPath(Path.of(path)))).isEqualTo(Path.of(path));
    assertThat(Iri.toPath(Iri.resolvePath("file:///d/job.yml", path))).isEqualTo(Path.of(path));
    assertThat(Iri.basename(Iri.ofPath(Path.of(path))))
        .isEqualTo(Path.of(path).getFileName().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "A:Gln2Cys,file:///d/A:Gln2Cys",
    "A%3AGln2Cys,file:///d/A:Gln2Cys",
    "a%20b,file:///d/a%20b",
    "a b,file:///d/a%20b",
    "item #1.txt,file:///d/item%20%231.txt",
    "50%.txt,file:///d/50%25.txt",
    "../x,file:///x",
    "./sub/../x,file:///d/x",
    "/abs/x,file:///abs/x",
    "file:///abs/a b,file:///abs/a%20b",
    "file:/abs/x,file:///abs/x",
    "http://h/x y,http://h/x y",
    "s3://bucket/key,s3://bucket/key",
  })
  void locationsBecomeAbsolute(String reference, String expected) {
    assertThat(Iri.resolveLocation("file:///d/job.yml", reference)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "file:///d/wf.cwl,#main,file:///d/wf.cwl#main",
    "file:///d/wf.cwl,tool.cwl#x/y,file:///d/tool.cwl#x/y",
    "file:///d/wf.cwl,colon:test.cwl,file:///d/colon:test.cwl",
    "http://h/a/wf.cwl,../b.cwl#c,http://h/b.cwl#c",
    "http://h/a/wf.cwl,/b.cwl,http://h/b.cwl",
    "http://h,b.cwl,http://h/b.cwl",
  })
  void documentReferencesKeepTheirFragment(String base, String reference, String expected) {
    assertThat(Iri.resolve(base, reference)).isEqualTo(expected);
  }

  @Test
  void aPathIsNotDecoded() {
    assertThat(Iri.resolvePath("file:///d/job.yml", "a%20b")).isEqualTo("file:///d/a%2520b");
  }

  @Test
  void relativeNamesLeadFromAFolderToADocument() {
    assertThat(Iri.relativize("file:///a/b/", "file:///a/c/x y.cwl")).isEqualTo("../c/x%20y.cwl");
    assertThat(Iri.relativize("file:///a/b/", "http://h/x")).isEqualTo("http://h/x");
  }
}
