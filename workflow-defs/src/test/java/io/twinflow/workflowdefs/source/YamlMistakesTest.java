package io.twinflow.workflowdefs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told about text that is not YAML: where, what is wrong and what to do. */
class YamlMistakesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          a:/  b: 1/ c: 2          ; 3:2: not YAML: this line is indented neither like those that begin at line 1, column 1
          a: 1/- b                 ; 2:1: not YAML: this line is indented neither like
          a: 1/ b: 2               ; 2:3: not YAML: a second ": " within one value, or a line indented more
          a: x: y                  ; 1:5: not YAML: a second ": " within one value
          a:/→b: 1                 ; 2:1: not YAML: a tab stands where YAML indents
          a: "x/b: 2               ; 2:5: not YAML: the quotes that open at line 1, column 4 are never closed
          a: 'x/b: 2               ; 2:5: not YAML: the quotes that open at line 1, column 4 are never closed
          a: 'it's'                ; 1:8: not YAML: text follows a value that has ended
          a: "\\q"                 ; 1:6: not YAML: \\q means nothing between double quotes. Write \\\\q
          a: "\\u12"               ; 1:7: not YAML: 4 hexadecimal digits are missing
          a: [1, 2/b: 3            ; 2:2: not YAML: the list that opens at line 1, column 4 goes on here without a comma
          a: {x: 1/b: 3            ; 2:2: not YAML: the map that opens at line 1, column 4 goes on here without a comma
          a: [1                    ; 1:6: not YAML: the bracket that opens at line 1, column 4 is never closed
          a: [/                    ; 2:1: not YAML: a bracket is opened above and never closed
          a: [1,                   ; 1:7: not YAML: a bracket is opened above and never closed
          a: [1]]                  ; 1:7: not YAML: a ] that closes nothing
          a: }                     ; 1:4: not YAML: a value is missing before this mark
          a: - b                   ; 1:4: not YAML: a list cannot begin behind a key
          a: @x                    ; 1:4: not YAML: a value cannot begin with @. Put it in quotes
          a: &                     ; 1:5: not YAML: behind & or * a name is expected
          a: !x!y z                ; 1:4: not YAML: a value cannot begin with !
          a: |x/  b                ; 1:5: not YAML: behind | or > only -, + or a number
          a: b/c                   ; 2:2: not YAML: the text at line 2, column 1 is no "key: value"
          a: |/    /  x            ; 3:3: not YAML: an empty line before this text holds more spaces
          % x/a: 1                 ; 1:2: not YAML: a line cannot begin with %
          a: 1/.../b: 2            ; 3:1: not YAML: text stands here that belongs to no document
          a: 1/---/b: 2            ; 2:1: a second YAML document begins here
          a: 1/b: 2/a: 3           ; 3:1: the key "a" stands twice
          a: x•                    ; 1:5: not YAML: the character U+0007
          """)
  void isToldInPlainWords(String text, String message) {
    String yaml = text.replace('/', '\n').replace('→', '\t').replace('•', '\u0007');

    assertThatThrownBy(() -> NodeReader.read(yaml, "wf.cwl", ReadLimits.DEFAULT))
        .isInstanceOf(InvalidDefinitionException.class)
        .message()
        .startsWith("wf.cwl:" + message)
        .endsWith(".")
        .doesNotContain("block", "scalar", "mapping", "token", "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          a:/  b:/    d: |/  c: 1       ; ''
          a:/  b:/    d: >-/      /  c: 1 ; ''
          a:/  b:/    d: |+ # x///  c: 1 ; nn
          """)
  void anEmptyTextMayEndItsMap(String text, String value) throws Exception {
    Node root = NodeReader.read(text.replace('/', '\n'), "wf.cwl", ReadLimits.DEFAULT);

    MapNode a = (MapNode) ((MapNode) root).get("a");
    assertThat(((MapNode) a.get("b")).string("d")).isEqualTo(value.replace('n', '\n'));
    assertThat(((ScalarNode) a.get("c")).text()).isEqualTo("1");
  }

  @Test
  void textBehindAnEmptyLineOfMoreSpacesIsStillWrong() {
    assertThatThrownBy(
            () -> NodeReader.read("a:\n  b: |\n      \n    x\n", "wf.cwl", ReadLimits.DEFAULT))
        .hasMessageContaining("wf.cwl:4:5: not YAML: an empty line before this text");
  }
}
