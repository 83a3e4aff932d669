package io.twinflow.workflowdefs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.workflowdefs.source.ScalarNode.Kind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeReaderTest {

  private static final ReadLimits SMALL = new ReadLimits(10_000, 20, 1_000);

  @Test
  void everyNodeAndKeyKnowsItsLineAndColumn() throws Exception {
    MapNode root = map("class: Workflow\nsteps:\n  - id: one\n    run: x.cwl\n");

    assertThat(root.position()).hasToString("wf.cwl:1:1");
    assertThat(root.keyPosition("steps")).hasToString("wf.cwl:2:1");
    ListNode steps = (ListNode) root.get("steps");
    MapNode step = (MapNode) steps.items().getFirst();
    assertThat(step.get("run").position()).hasToString("wf.cwl:4:10");
  }

  @Test
  void jsonHasPositionsToo() throws Exception {
    MapNode root = map("{\n\t\"a\": [1,\n\t\ttrue]}");

    ListNode list = (ListNode) root.get("a");
    assertThat(list.items().get(1).position()).hasToString("wf.cwl:3:3");
    assertThat(root.keyPosition("a")).hasToString("wf.cwl:2:2");
  }

  @ParameterizedTest
  @CsvSource({
    "7,INTEGER,7",
    "-12,INTEGER,-12",
    "+3,INTEGER,3",
    "007,INTEGER,7",
    "0o17,INTEGER,15",
    "0xff,INTEGER,255",
    "123456789012345678901234567890,INTEGER,123456789012345678901234567890",
    "1.50,DECIMAL,1.50",
    ".5,DECIMAL,0.5",
    "5.,DECIMAL,5.0",
    "-1e-7,DECIMAL,-1e-7",
    "True,BOOLEAN,true",
    "yes,STRING,yes",
    "~,NULL,null",
    "1.2.3,STRING,1.2.3",
    "2020-01-01,STRING,2020-01-01",
    "'\"7\"',STRING,7",
  })
  void plainScalarsAreTypedByTheCoreSchema(String text, Kind kind, String expected)
      throws Exception {
    ScalarNode scalar = (ScalarNode) map("a: " + text).entries().get("a").value();

    assertThat(scalar.kind()).isEqualTo(kind);
    assertThat(scalar.text()).isEqualTo(expected);
  }

  @Test
  void aKeyThatStandsTwiceIsRefusedWithBothPlaces() {
    assertRefused("a: 1\nb: 2\na: 3\n", "wf.cwl:3:1: the key \"a\" stands twice", "wf.cwl:1:1");
    assertRefused("{\"a\": 1,\n \"a\": 2}", "wf.cwl:2:2: the key \"a\" stands twice", "1:2");
  }

  @Test
  void aliasesAreSharedAndMergeKeysWork() throws Exception {
    MapNode root = map("base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\n");

    MapNode use = (MapNode) root.get("use");
    assertThat(((ScalarNode) use.get("x")).text()).isEqualTo("1");
    assertThat(((ScalarNode) use.get("y")).text()).isEqualTo("3");
  }

  @Test
  void aBombOfAliasesIsRefusedByTheSizeItWouldHave() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i));
      bomb.append("*a%d, ".formatted(i - 1).repeat(10)).append("]\n");
    }
    assertRefused(bomb.toString(), "more than 1000 values once its aliases are put in place");
  }

  @Test
  void nestingBeyondTheBoundIsRefused() {
    assertRefused("[".repeat(5_000), "nested deeper than the bound of 20");
    assertRefused("[".repeat(500) + "]".repeat(500), "nested deeper than the bound of 20");
    assertRefused("- ".repeat(500), "nested deeper than the bound of 20");
  }

  @Test
  void aDocumentBeyondTheBoundIsRefused() {
    assertThatThrownBy(() -> NodeReader.read("x".repeat(10_001), "wf.cwl", SMALL))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("larger than the bound");
  }

  @Test
  void whatIsNoTextIsCalledBinary() {
    byte[] elf = {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0};
    assertThatThrownBy(() -> NodeReader.read(elf, "tool", SMALL))
        .hasMessage(
            "tool:1:1: expected YAML or JSON text in UTF-8, found a binary file (byte 7 is not"
                + " text).");
  }

  @Test
  void textOfAnotherEncodingIsToldWithItsPlace() {
    byte[] latin = {'a', ':', ' ', '1', '\n', 'b', ':', ' ', (byte) 0xe9, ' ', 'b'};
    assertThatThrownBy(() -> NodeReader.read(latin, "tool", SMALL))
        .hasMessageStartingWith("tool:2:4: expected text in UTF-8, found the byte 0xE9")
        .hasMessageContaining("iconv");
  }

  @Test
  void otherEncodingsWithAMarkAreRead() throws Exception {
    byte[] text = "\uFEFFa: é".getBytes(StandardCharsets.UTF_16LE);
    MapNode root = (MapNode) NodeReader.read(text, "wf.cwl", SMALL);
    assertThat(root.string("a")).isEqualTo("é");
  }

  @Test
  void emptySeveralAndBrokenDocumentsSaySo() {
    assertRefused("", "wf.cwl:1:1: the file is empty");
    assertRefused("  \n\n", "the file is empty");
    assertRefused("# only a comment\n", "the file is empty");
    assertRefused("a: 1\n---\nb: 2\n", "wf.cwl:2:1: a second YAML document begins here");
    assertRefused("a: [1, 2\nb: 3\n", "wf.cwl:2:", "not YAML");
    assertRefused("a: *nothing\n", "wf.cwl:1:4: the alias *nothing has no anchor");
    assertRefused("a: !!python/object x\n", "wf.cwl:1:4: the YAML tag");
    assertRefused("? [a]\n: 1\n", "expected a string as key");
    assertRefused("{\"a\": 1,, }", "not YAML");
  }

  private static void assertRefused(String text, String... parts) {
    assertThatThrownBy(() -> NodeReader.read(text, "wf.cwl", SMALL))
        .isInstanceOf(InvalidDefinitionException.class)
        .message()
        .contains(parts)
        .doesNotContain("\n");
  }

  private static MapNode map(String text) throws InvalidDefinitionException {
    return (MapNode) NodeReader.read(text, "wf.cwl", ReadLimits.DEFAULT);
  }
}
