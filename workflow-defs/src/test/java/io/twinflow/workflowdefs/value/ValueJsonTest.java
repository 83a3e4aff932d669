package io.twinflow.workflowdefs.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "9223372036854775807",
        "-9223372036854775808",
        "123456789012345678901234567890",
        "0.1",
        "1.0",
        "1E+400",
        "\"a \\\"quoted\\\" line\\n\\u0001é日\"",
        "[]",
        "{\"b\":1,\"a\":[{},[null]]}",
        "{\"class\":\"Directory\",\"location\":\"file:///d\",\"basename\":\"d\",\"listing\":[]}",
      })
  void jsonGoesThereAndBackUnchanged(String json) throws Exception {
    assertThat(ValueJson.write(ValueJson.read(json))).isEqualTo(json);
  }

  @Test
  void aFileKeepsAllThatItsObjectSays() throws Exception {
    FileValue file =
        new FileValue(
            "file:///d/a.tar.gz",
            "/in/a.tar.gz",
            "a.tar.gz",
            "sha1$da39a3ee5e6b4b0d3255bfef95601890afd80709",
            0L,
            List.of(FileValue.at("file:///d/a.idx", "a.idx")),
            "http://edamontology.org/format_1",
            "text");

    String json = ValueJson.write(file);

    assertThat(ValueJson.read(json)).isEqualTo(file);
    assertThat(json)
        .contains("\"dirname\":\"/in\"", "\"nameroot\":\"a.tar\"", "\"nameext\":\".gz\"");
  }

  @Test
  void prettyJsonIsIndentedAndReadsBack() throws Exception {
    Value value = new RecordValue(Map.of("out", new ListValue(List.of(new IntegerValue(1)))));

    assertThat(ValueJson.writePretty(value)).isEqualTo("{\n    \"out\": [\n        1\n    ]\n}");
    assertThat(ValueJson.read(ValueJson.writePretty(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1,]", "1 2", "{\"a\":1e99999999}", "nul"})
  void whatIsNoJsonIsRefused(String text) {
    assertThatThrownBy(() -> ValueJson.read(text)).isInstanceOf(InvalidJsonException.class);
  }
}
