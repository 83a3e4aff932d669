package io.twinflow.workflowdefs.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RecordValueTest {

  private static Map<String, Value> fields(int count) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = count; i > 0; i--) {
      fields.put("f" + i, new IntegerValue(i));
    }
    return fields;
  }

  @Test
  void holdsFewAndManyFieldsAlike() {
    for (int count = 0; count < 40; count++) {
      Map<String, Value> fields = fields(count);
      RecordValue record = new RecordValue(fields);
      assertThat(record.fields()).isEqualTo(fields).hasSize(count);
      assertThat(record.fields().hashCode()).isEqualTo(fields.hashCode());
      assertThat(new ArrayList<>(record.fields().keySet()))
          .isEqualTo(new ArrayList<>(fields.keySet()));
      assertThat(record.get("f" + count))
          .isEqualTo(fields.getOrDefault("f" + count, NullValue.NULL));
      assertThat(record.get("g")).isEqualTo(NullValue.NULL);
      assertThat(record.fields().containsKey("g")).isFalse();
    }
  }

  @Test
  void isNotChangedByItsMakerNorByItsReader() {
    Map<String, Value> fields = fields(3);
    RecordValue record = new RecordValue(fields);
    fields.clear();
    assertThat(record.fields()).hasSize(3);
    assertThatThrownBy(() -> record.fields().put("g", NullValue.NULL))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> record.fields().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void readsOfTwoFieldsWithOneNameTheLater() throws InvalidJsonException {
    StringBuilder many = new StringBuilder("{\"f3\":0");
    fields(40)
        .forEach((name, value) ->
            many.append(",\"").append(name).append("\":").append(((IntegerValue) value).value()));
    assertThat(ValueJson.read("{\"a\":1,\"b\":2,\"a\":3}"))
        .isEqualTo(RecordValue.EMPTY.with("a", new IntegerValue(3)).with("b", new IntegerValue(2)));
    assertThat(ValueJson.read(many.append('}').toString())).isEqualTo(new RecordValue(fields(40)));
  }

  @Test
  void isReadFromLines() throws InvalidJsonException {
    List<Value> values = new ArrayList<>();
    byte[] text = "skipped\n{\"a\":\"ü\"}\n[1]\n\n2".getBytes(StandardCharsets.UTF_8);
    ValueJson.readAll(text, 8, values::add);
    assertThat(values)
        .containsExactly(
            RecordValue.EMPTY.with("a", new StringValue("ü")),
            new ListValue(List.of(new IntegerValue(1))),
            new IntegerValue(2));
    assertThatThrownBy(() ->
            ValueJson.readAll("{\"a\":1}\n{".getBytes(StandardCharsets.UTF_8), 0, values::add))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessageContaining("line 2");
  }
}
