package io.twinflow.engine.server.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a document in XML is taken for. */
class ServedDocumentTest {

  private static boolean isDmn(String text, Charset charset) throws Exception {
    return XmlRoot.isDmn(new ByteArrayInputStream(text.getBytes(charset)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\"/>",
        "<?xml version=\"1.0\"?>\n<!-- a table -->\n<d:definitions xmlns:d='http://www.omg.org/spec/DMN/20151101/dmn.xsd'>",
        "\uFEFF<definitions xmlns=\"https://www.omg.org/spec/DMN/20991231/MODEL/\"><not closed",
      })
  void theRootElementSaysThatItDecides(String text) throws Exception {
    assertThat(isDmn(text, StandardCharsets.UTF_8)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cwlVersion: v1.2",
        "<",
        "<definitions/>",
        "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><d:x xmlns:d=\"https://www.omg.org/spec/DMN/20191111/MODEL/\"/></definitions>",
        "<!-- <definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\"/> --><p/>",
        "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><d xmlns=\"&e;\"/>",
      })
  void whatSaysSomethingElseDoesNot(String text) throws Exception {
    assertThat(isDmn(text, StandardCharsets.UTF_8)).isFalse();
  }

  @Test
  void messagesNameItAsWhatItIs() {
    byte[] dmn =
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20991231/MODEL/\"/>"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(refused(dmn)).startsWith("it.dmn:1:1: expected a document of DMN");
    assertThat(refused("<p/>".getBytes(StandardCharsets.UTF_8)))
        .startsWith("it.bpmn:1:1: expected a BPMN 2.0 document");
    assertThat(refused("<p>\u00e9</p>".getBytes(StandardCharsets.ISO_8859_1)))
        .contains("save the document in UTF-8");
  }

  private static String refused(byte[] bytes) {
    return catchThrowableOfType(
            InvalidDefinitionException.class, () -> ServedDocument.read("it.cwl", bytes))
        .getMessage();
  }
}
