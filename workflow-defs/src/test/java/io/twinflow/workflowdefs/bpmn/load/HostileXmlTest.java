package io.twinflow.workflowdefs.bpmn.load;

import static io.twinflow.workflowdefs.bpmn.load.BadProcesses.around;
import static io.twinflow.workflowdefs.bpmn.load.BadProcesses.assertProblems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that want more than to be read, and such as are broken. */
class HostileXmlTest {

  private static final String FINE = around("<userTask id=\"it\"/>");

  @Test
  void documentTypesAreRefusedAndNothingIsFetched(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "7f3a-secret");
    String[] types = {
      "<!DOCTYPE definitions>",
      "<!DOCTYPE definitions SYSTEM \"" + secret.toUri() + "\">",
      "<!DOCTYPE definitions [<!ENTITY s SYSTEM \"" + secret.toUri() + "\">]>",
      "<!DOCTYPE definitions [<!ENTITY % s SYSTEM \"" + secret.toUri() + "\"> %s;]>",
      "<!DOCTYPE definitions [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;\">]>"
    };
    for (String type : types) {
      String document =
          "<?xml version=\"1.0\"?>\n" + type + FINE.replace("id=\"it\"", "id=\"it\" name=\"x\"");
      assertProblems(document, "p.bpmn:2:1: found a document type definition");
      assertThat(BadProcesses.refused(document).getMessage()).doesNotContain("7f3a");
    }
  }

  @Test
  void unknownEntitiesAndIncludesAreNotExpanded() {
    assertThat(
            BadProcesses.refused(
                    around("<userTask id=\"it\"><documentation>&xxe;</documentation></userTask>"))
                .problems())
        .hasSize(1);
    assertProblems(
        around(
            "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\"/>"),
        "targetRef=\"it\" leads nowhere",
        "sourceRef=\"it\" leads nowhere");
  }

  @Test
  void depthAndSizeAreBounded() {
    assertProblems(
        around("<a:a xmlns:a=\"a\">".repeat(70) + "</a:a>".repeat(70)),
        "elements stand more than 64 deep in each other here");
    assertProblems(
        "<a>" + "<b/>".repeat(200_001) + "</a>", "more than 200,000 elements and attributes");
    assertProblems(" ".repeat(5 << 20), "has 5,242,880 bytes, at most 4,194,304 are read");
  }

  @Test
  void deepExpressionsAreRefusedBeforeTheyOverflowTheStack() {
    for (String open : new String[] {"(", "!", "-", "a?b:", "a[", "empty "}) {
      assertThat(
              BadProcesses.refused(
                  around(
                      "<userTask id=\"it\" tw:assignee=\"${%s}\"/>"
                          .formatted(open.repeat(10_000)))))
          .hasMessageContaining("levels");
    }
    assertThat(
            BadProcesses.refused(
                around(
                    "<userTask id=\"it\" tw:assignee=\"${1%s}\"/>".formatted("+1".repeat(10_000)))))
        .hasMessageContaining("levels");
  }

  @Test
  void brokenXmlIsToldAtItsPlace() {
    assertProblems(
        FINE.replace("</process>", "</prozess>"), "p.bpmn:7:", "expected well-formed XML");
    assertProblems("", "p.bpmn:1:1: expected well-formed XML");
    assertProblems("twinflow: yes", "expected well-formed XML");
    assertThatThrownBy(() -> BpmnReader.read("p.bpmn", new byte[] {'<', (byte) 0xE4, '>'}))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("expected text in UTF-8");
    assertProblems(
        "<?xml version=\"1.0\" encoding=\"EBCDIC-CP-US\"?><a/>", "found the encoding EBCDIC-CP-US");
  }

  @Test
  void otherEncodingsAreRead() throws InvalidDefinitionException {
    String named = around("<userTask id=\"it\" name=\"Pegel prüfen\"/>");
    byte[] latin =
        ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + named)
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] wide =
        ("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + named)
            .getBytes(StandardCharsets.UTF_16LE);
    for (byte[] bytes : new byte[][] {latin, wide}) {
      assertThat(BpmnReader.read("p.bpmn", bytes).processes().getFirst().body().nodes())
          .anySatisfy(node -> assertThat(node.info().name()).isEqualTo("Pegel prüfen"));
    }
  }

  @Test
  void changedDocumentsAreReadOrRefusedAndNeverCrash() throws IOException {
    byte[] good;
    try (InputStream in = getClass().getResourceAsStream("/bpmn/flood-warning.bpmn")) {
      good = in.readAllBytes();
    }
    Random random = new Random(7);
    int refused = 0;
    for (int round = 0; round < 3_000; round++) {
      byte[] changed = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(changed.length);
        int from = random.nextInt(changed.length);
        int length = Math.min(random.nextInt(40), changed.length - Math.max(at, from));
        System.arraycopy(good, from, changed, at, length);
      }
      try {
        assertThat(BpmnReader.read("p.bpmn", changed).processes()).isNotEmpty();
      } catch (InvalidDefinitionException e) {
        refused++;
        assertThat(e.problems()).isNotEmpty();
      }
    }
    assertThat(refused).isBetween(1_000, 3_000);
  }
}
