package io.twinflow.triggers.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** HTTP Protocol Binding for CloudEvents 1.0.2. */
class HttpBindingTest {

  private final Map<String, String> headers =
      new LinkedHashMap<>(
          Map.of("CE-SpecVersion", "1.0", "ce-id", "1", "ce-source", "/s", "ce-type", "t"));

  private CloudEvent binary(String contentType, String body) throws MalformedEventException {
    return HttpBinding.read(contentType, headers, body.getBytes(StandardCharsets.UTF_8)).getFirst();
  }

  @Test
  void headersAreAttributesAndTheBodyIsTheData() throws Exception {
    headers.put("ce-sequence", "7");
    CloudEvent event = binary("text/csv", "1,2\n");
    assertThat(event.getId()).isEqualTo("1");
    assertThat(event.getDataContentType()).isEqualTo("text/csv");
    assertThat(event.getData().toBytes()).asString().isEqualTo("1,2\n");
    assertThat(event.getExtension("sequence")).isEqualTo("7");
    assertThat(binary(null, "").getData()).isNull();
  }

  @Test
  void valuesAreDecoded() throws Exception {
    headers.put("ce-subject", "b%C3%A9/100%25 %zz \uD83C\uDF0A");
    headers.put("ce-note", "\"a \\\"b\\\"\"");
    CloudEvent event = binary(null, "");
    assertThat(event.getSubject()).isEqualTo("bé/100% %zz \uD83C\uDF0A");
    assertThat(event.getExtension("note")).isEqualTo("a \"b\"");
    headers.put("ce-subject", "%FF");
    assertThatThrownBy(() -> binary(null, "")).hasMessageContaining("expected UTF-8");
    headers.put("ce-subject", "%00");
    assertThatThrownBy(() -> binary(null, "")).hasMessageContaining("control character");
  }

  @Test
  void theContentTypeTellsDocumentsAndBatches() throws Exception {
    String json = "{\"specversion\":\"1.0\",\"id\":\"2\",\"source\":\"s\",\"type\":\"t\"}";
    assertThat(binary("Application/CloudEvents+JSON; charset=utf-8", json).getId()).isEqualTo("2");
    assertThat(binary("application/cloudevents-batch+json", "[" + json + "]").getId())
        .isEqualTo("2");
    assertThatThrownBy(() -> binary("application/cloudevents+avro", json))
        .hasMessageContaining("found application/cloudevents+avro");
    headers.clear();
    assertThatThrownBy(() -> binary("application/json", json))
        .hasMessageContaining("headers ce-id, ce-source");
  }
}
