package io.twinflow.engine.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class JsonMistakeTest {

  private static String told(String json) {
    return String.valueOf(
        JsonMistake.problem(
                catchThrowableOfType(
                    JacksonException.class, () -> JsonMapper.shared().readTree(json)))
            .getDetail());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": 1", "[1, [2]", "{\"a", "{\"a\": }", "[1 2]", "{\"a\": \"b"})
  void theLibrarysWordsForItselfAreLeftOut(String broken) {
    assertThat(told(broken))
        .startsWith("this is no JSON: ")
        .matches(".* \\(line 1, column \\d+\\)")
        .doesNotContain("Source", "REDACTED", "StreamReadFeature");
  }

  @Test
  void whatLacksAtTheEndIsNamed() {
    assertThat(told("{\"a\": 1")).contains("Unexpected end-of-input", "Object");
  }
}
