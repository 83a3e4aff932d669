package io.twinflow.engine.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.NodeReader;
import io.twinflow.workflowdefs.source.ReadLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CwltestComparisonTest {

  @TempDir private Path folder;

  private static Node node(String text) throws InvalidDefinitionException {
    return NodeReader.read(text, "test", ReadLimits.DEFAULT);
  }

  private static boolean same(String expected, String actual) throws InvalidDefinitionException {
    return CwltestComparison.difference(node(expected), node(actual)).isEmpty();
  }

  @Test
  void comparesNumbersByValueAndKeepsTypesApart() throws InvalidDefinitionException {
    assertThat(same("{a: 1}", "{a: 1.0}")).isTrue();
    assertThat(same("{a: 1e3}", "{a: 1000}")).isTrue();
    assertThat(same("{a: 1}", "{a: '1'}")).isFalse();
    assertThat(same("{a: true}", "{a: 'true'}")).isFalse();
  }

  @Test
  void refusesWhatIsMissingAndWhatIsTooMuch() throws InvalidDefinitionException {
    assertThat(same("{a: 1}", "{}")).isFalse();
    assertThat(same("{}", "{a: 1}")).isFalse();
    assertThat(same("{}", "{a: null}")).isTrue();
    assertThat(same("{a: Any}", "{a: [1, 2]}")).isTrue();
    assertThat(same("[1, 2]", "[2, 1]")).isFalse();
  }

  @Test
  void looksAtTheFileItself() throws InvalidDefinitionException, IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "abc");
    String actual =
        "{class: File, location: '%s', checksum: '%s', size: 3}"
            .formatted(file.toUri(), "sha1$a9993e364706816aba3e25717850c26c9cd0d89d");

    assertThat(same("{class: File, location: a.txt, size: 3}", actual)).isTrue();
    assertThat(same("{class: File, location: b.txt}", actual)).isFalse();
    assertThat(same("{class: File, size: 4}", actual)).isFalse();
    assertThat(same("{class: File, contents: abd}", actual)).isFalse();
    Files.writeString(file, "abd");
    assertThat(
            same(
                "{class: File, checksum: 'sha1$a9993e364706816aba3e25717850c26c9cd0d89d'}", actual))
        .isFalse();
  }

  @Test
  void takesListingsInAnyOrder() throws InvalidDefinitionException {
    String a = "{class: Directory, location: /x/a}";
    String b = "{class: Directory, location: /x/b}";
    String expected =
        "{class: Directory, listing: [{class: Directory, location: b}, {class: Directory, location: a}]}";

    assertThat(
            same(expected, "{class: Directory, location: /x, listing: [%s, %s]}".formatted(a, b)))
        .isTrue();
    assertThat(same(expected, "{class: Directory, location: /x, listing: [%s]}".formatted(a)))
        .isFalse();
  }
}
