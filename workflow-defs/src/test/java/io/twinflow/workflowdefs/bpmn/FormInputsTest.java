package io.twinflow.workflowdefs.bpmn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FormInputsTest {

  private static final List<FormField> FORM =
      List.of(
          field("who", FormField.Type.TEXT, true),
          field("level", FormField.Type.NUMBER, false),
          field("times", FormField.Type.INTEGER, false),
          field("day", FormField.Type.DATE, false),
          new FormField("colour", FormField.Type.CHOICE, "colour", false, List.of("red", "green")),
          field("sure", FormField.Type.BOOLEAN, false));

  private static FormField field(String name, FormField.Type type, boolean required) {
    return new FormField(name, type, name, required, List.of());
  }

  private static String filledIn(String json) throws Exception {
    return ValueJson.write(FormInputs.filledIn("form", FORM, (RecordValue) ValueJson.read(json)));
  }

  @Test
  void whatIsLeftOutIsNull() throws Exception {
    assertThat(
            filledIn(
                "{\"who\": \"ann\", \"level\": 3, \"day\": \"2026-11-21\", \"colour\": \"red\"}"))
        .isEqualTo(
            "{\"who\":\"ann\",\"level\":3,\"times\":null,\"day\":\"2026-11-21\",\"colour\":\"red\",\"sure\":null}");
  }

  @Test
  void whatDoesNotSuitIsTold() {
    assertRefused("{}", "\"who\" (string) is missing");
    assertRefused("{\"who\": \"a\", \"times\": 1.5}", "times");
    assertRefused("{\"who\": \"a\", \"day\": \"21.11.2026\"}", "expected a date as 2026-11-21");
    assertRefused("{\"who\": \"a\", \"colour\": \"blue\"}", "colour");
    assertRefused("{\"who\": \"a\", \"sure\": \"yes\"}", "sure");
    assertRefused("{\"who\": \"a\", \"levle\": 2}", "no field \"levle\"");
  }

  private static void assertRefused(String json, String why) {
    assertThatThrownBy(() -> filledIn(json))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining(why);
  }
}
