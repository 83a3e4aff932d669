package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The inbox, by CloudEvents over HTTP. Each test has a source of its own. */
@ExtendWith(SharedServer.Shared.class)
final class EventsIT {

  private static final String EVENTS = "/api/v1/events";
  private static final String ONE = "application/cloudevents+json";
  private static final String BATCH = "application/cloudevents-batch+json";

  private final TestServer server;

  EventsIT(SharedServer shared) {
    this.server = shared.server();
  }

  private HttpResponse<String> post(TestServer as, String type, String body) throws Exception {
    return as.send(as.to(EVENTS).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  private static String event(String source, String id, String more) {
    return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"%s\",\"type\":\"reading\"%s}"
        .formatted(id, source, more.replace('\'', '"'));
  }

  private static void assertKept(HttpResponse<String> answer, int accepted, int duplicates) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(TestServer.JSON.readTree(answer.body()))
        .isEqualTo(
            TestServer.JSON.readTree(
                "{\"accepted\":%d,\"duplicates\":%d}".formatted(accepted, duplicates)));
  }

  private JsonNode list(TestServer as, String query) throws Exception {
    return as.json(EVENTS + query).get("events");
  }

  @Test
  void anEventInHeadersIsKeptAndFound() throws Exception {
    HttpRequest.Builder request =
        server
            .to(EVENTS)
            .header("ce-specversion", "1.0")
            .header("ce-id", "r-1")
            .header("ce-source", "/binary")
            .header("ce-type", "reading")
            .header("ce-subject", "gauge/b%C3%A9")
            .header("ce-time", "2026-11-21T13:00:00+01:00")
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofString("1,2\n"));
    assertKept(server.send(request), 1, 0);
    assertKept(server.send(request), 0, 1);
    JsonNode event = list(server, "?source=%2Fbinary").get(0);
    assertThat(event.get("subject").asString()).isEqualTo("gauge/bé");
    assertThat(event.get("time").asString()).isEqualTo("2026-11-21T12:00:00Z");
    assertThat(event.get("bytes").asInt()).isEqualTo(4);
    HttpResponse<String> whole = server.get(event.at("/links/self").asString());
    assertThat(whole.headers().firstValue("Content-Type")).contains(ONE);
    assertThat(TestServer.JSON.readTree(whole.body()).get("data").asString()).isEqualTo("1,2\n");
  }

  @Test
  void aBatchIsTakenWholeOrNotAtAll() throws Exception {
    String first = event("/batch", "1", ",'data':{'level':2}");
    String second = event("/batch", "2", "");
    HttpResponse<String> refused =
        post(server, BATCH, "[%s,%s]".formatted(first, event("/batch", "3", ",'time':'soon'")));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("[1].time", "found \\\"soon\\\"");
    assertThat(list(server, "?source=%2Fbatch")).isEmpty();
    assertKept(post(server, BATCH, "[%s,%s,%s]".formatted(first, second, first)), 2, 1);
    assertKept(post(server, ONE, first), 0, 1);
    assertKept(post(server, BATCH, "[]"), 0, 0);
  }

  @Test
  void pagesFollowEachOther() throws Exception {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      events.add(event("/pages", Integer.toString(i), ",'subject':'a b'"));
    }
    post(server, BATCH, events.toString());
    List<String> ids = new ArrayList<>();
    String next = EVENTS + "?source=%2Fpages&type=reading&subject=a%20b&limit=2";
    while (next != null) {
      JsonNode page = server.json(next);
      page.get("events").forEach(event -> ids.add(event.get("id").asString()));
      next = page.has("next") ? page.get("next").asString() : null;
    }
    assertThat(ids).containsExactly("4", "3", "2", "1", "0");
  }

  @Test
  void nobodySeesTheEventsOfOthersOrTakesTheirPlace() throws Exception {
    TestServer ann = server.as("events-ann");
    TestServer bob = server.as("events-bob");
    String event = event("/apart", "1", "");
    assertKept(post(ann, ONE, event), 1, 0);
    assertKept(post(bob, ONE, event), 1, 0);
    assertThat(list(ann, "?source=%2Fapart")).hasSize(1);
    assertThat(list(server, "?source=%2Fapart")).hasSize(2);
    String of = list(bob, "?source=%2Fapart").get(0).at("/links/self").asString();
    assertThat(ann.get(of).statusCode()).isEqualTo(404);
    assertThat(server.get(of).statusCode()).isEqualTo(200);
  }

  @Test
  void aSenderMayAskFirst() throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .to(EVENTS)
                .header("WebHook-Request-Origin", "events.example.org")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("WebHook-Allowed-Origin"))
        .contains("events.example.org");
    assertThat(answer.headers().firstValue("WebHook-Allowed-Rate")).contains("*");
    assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("POST");
    HttpRequest.Builder stranger =
        HttpRequest.newBuilder(URI.create(server.url(EVENTS)))
            .method("OPTIONS", BodyPublishers.noBody());
    assertThat(server.send(stranger).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json             | {}    | 400 | headers ce-id, ce-source
          application/cloudevents+json |       | 400 | expected
          application/cloudevents+json | {"id" | 400 | line 1, column
          application/cloudevents+avro | x     | 400 | found application/cloudevents+avro
          application/cloudevents-batch+json | {} | 400 | expected an array of events
          """)
  void whatIsNoEventIsRefusedInWords(String type, String body, int status, String words)
      throws Exception {
    HttpResponse<String> answer = post(server, type, body == null ? "" : body);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(words).doesNotContain("Exception", "io.twinflow");
  }

  @Test
  void whatIsTooLargeIsSentByReference() throws Exception {
    String data = "x".repeat(1 << 20);
    HttpResponse<String> answer = post(server, ONE, event("/large", "1", ",'data':'" + data + "'"));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("expected at most 1048576 bytes, found 1048578", "dataref");
    assertThat(list(server, "?source=%2Flarge")).isEmpty();
    assertKept(
        post(server, ONE, event("/large", "1", ",'dataref':'https://store.example.org/k'")), 1, 0);
  }

  @Test
  void aBucketsNotificationIsAnEventOfEachObject() throws Exception {
    String body =
        """
        {"Records":[{"eventVersion":"2.2","eventSource":"ceph:s3","awsRegion":"default",
         "eventTime":"2026-11-21T12:00:00Z","eventName":"ObjectCreated:Put",
         "s3":{"bucket":{"name":"notified"},"object":{"key":"a+b.csv","size":4,"eTag":"e","sequencer":"F7"}}}]}
        """;
    for (int sent = 0; sent < 2; sent++) {
      HttpResponse<String> answer =
          server.send(server.to(EVENTS + "/s3").POST(BodyPublishers.ofString(body)));
      assertKept(answer, 1 - sent, sent);
    }
    JsonNode event = list(server, "?source=ceph:s3.default.notified").get(0);
    assertThat(event.get("subject").asString()).isEqualTo("a+b.csv");
    HttpResponse<String> refused =
        server.send(server.to(EVENTS + "/s3").POST(BodyPublishers.ofString("{\"Records\":[{}]}")));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("Records[0].eventName: expected some text, found nothing");
  }

  @Test
  void aHeaderThatIsThereTwiceIsNamed() throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .to(EVENTS)
                .header("ce-id", "1")
                .header("ce-id", "2")
                .POST(BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("ce-id: this header is there twice");
  }
}
