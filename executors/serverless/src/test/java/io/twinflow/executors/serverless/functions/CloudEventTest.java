package io.twinflow.executors.serverless.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** CloudEvents' HTTP Protocol Binding 1.0, 3.1 and 3.2. */
class CloudEventTest {

  private final CloudEvent event =
      new CloudEvent(
          "tf-1", "/twinflow/i/r", "t.v1", JsonNodeFactory.instance.objectNode().put("a", 1));

  private HttpRequest put(CloudEvent.Mode mode) {
    return event.put(HttpRequest.newBuilder(URI.create("http://f.example/")), mode).build();
  }

  @Test
  void inBinaryModeAttributesAreHeaders() {
    HttpRequest request = put(CloudEvent.Mode.BINARY);
    assertThat(request.headers().map())
        .containsEntry("ce-specversion", java.util.List.of("1.0"))
        .containsEntry("ce-id", java.util.List.of("tf-1"))
        .containsEntry("ce-source", java.util.List.of("/twinflow/i/r"))
        .containsEntry("ce-type", java.util.List.of("t.v1"))
        .containsEntry("Content-Type", java.util.List.of("application/json"));
    assertThat(request.bodyPublisher().orElseThrow().contentLength())
        .isEqualTo("{\"a\":1}".length());
  }

  @Test
  void inStructuredModeAllIsInTheBody() {
    HttpRequest request = put(CloudEvent.Mode.STRUCTURED);
    assertThat(request.headers().map())
        .containsOnlyKeys("Content-Type")
        .containsEntry("Content-Type", java.util.List.of("application/cloudevents+json"));
    assertThat(request.bodyPublisher().orElseThrow().contentLength())
        .isGreaterThan("{\"specversion\":\"1.0\",\"data\":{\"a\":1}}".length());
  }
}
