package io.twinflow.engine.server;

import static io.twinflow.engine.server.Bpmn.chain;
import static io.twinflow.engine.server.Bpmn.document;
import static io.twinflow.engine.server.Bpmn.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import io.twinflow.engine.server.tell.MailPeer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What processes write to people, and to whom they may not. */
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SMTP_URL", matches = ".+")
final class ProcessMailIT {

  private static final String MAIL =
      """
      <serviceTask id="warn"><extensionElements>
      <tw:mail to="%s" subject="%s">Level in ${region} too high.</tw:mail>
      </extensionElements></serviceTask>
      """;

  @TempDir private Path folder;

  private static String process(String to, String subject) {
    return document(
        "mails",
        field("region", "text") + field("whom", "any"),
        chain(MAIL.formatted(to, subject), "warn"));
  }

  private static JsonNode ended(TestServer server, String name, String document, String inputs)
      throws Exception {
    HttpResponse<String> kept = Bpmn.keep(server, "application/xml", name, document);
    assertThat(kept.statusCode()).as(kept.body()).isLessThan(300);
    String run =
        TestServer.JSON
            .readTree(
                server
                    .postJson(
                        "/api/v1/runs",
                        "{\"workflow\": \"%s\", \"inputs\": %s}".formatted(name, inputs))
                    .body())
            .get("id")
            .asString();
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.json("/api/v1/runs/" + run), found -> found.hasNonNull("ended"));
  }

  @Test
  void peopleGetTheMailOfAProcessAndNobodyElseDoes() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), MailPeer.password());
    Path config =
        Files.writeString(
            folder.resolve("twinflow.yaml"),
            "mail: {host: localhost, port: %d, from: twin@river.example, user: twinflow, password: {file: %s}, authority: %s, for: admin, to: ['*@river.example']}"
                .formatted(MailPeer.port(), password, MailPeer.authority()));
    ServerSettings settings =
        ServerSettings.in(folder.resolve("data")).withTrust(Trust.IN_TOOLS).withConfig(config);
    String region = "delta-" + UUID.randomUUID();
    try (TestServer server = TestServer.start(settings)) {
      String document = process("ann@river.example, ${whom}", "Level in ${region}");
      JsonNode sent =
          ended(
              server,
              "mails",
              document,
              "{\"region\": \"%s\", \"whom\": [\"bob@river.example\", \"cy@river.example\"]}"
                  .formatted(region));
      assertThat(sent.get("state").asString()).as(sent.toString()).isEqualTo("succeeded");
      assertThat(MailPeer.taken(region)).hasSize(1);
      MailPeer.Taken taken = MailPeer.taken(region).getFirst();
      assertThat(taken.isFor("ann@river.example")).isTrue();
      assertThat(taken.isFor("cy@river.example")).isTrue();
      assertThat(taken.header("Subject")).contains("Level in " + region);
      assertThat(taken.body()).contains("Level in %s too high.".formatted(region));

      assertTold(server, sent.get("id").asString());

      String other = "other-" + UUID.randomUUID();
      assertRefused(
          ended(
              server,
              "mails",
              document,
              "{\"region\": \"%s\", \"whom\": \"eve@elsewhere.example\"}".formatted(other)),
          "sends no mail to \"eve@elsewhere.example\"");
      assertRefused(
          ended(
              server,
              "mails",
              document,
              "{\"region\": \"%s\\r\\nBcc: eve@river.example\", \"whom\": []}".formatted(other)),
          "a subject of one line");
      assertRefused(
          ended(
              server,
              "mails",
              document,
              "{\"region\": \"%s\", \"whom\": \"bob@river.example\\nBcc: eve@river.example\"}"
                  .formatted(other)),
          "expected an address");
      assertRefused(
          ended(
              server,
              "mails",
              document,
              "{\"region\": \"%s\", \"whom\": \"nobody@river.example\"}".formatted(other)),
          "was sent to ann@river.example, and refused to nobody@river.example");
      assertThat(MailPeer.taken(other)).hasSize(1);

      assertThat(Bpmn.keep(server.as("eve"), "application/xml", "mails", document).body())
          .contains("sends no mail for eve");
      assertThat(
              Bpmn.keep(server, "application/xml", "away", process("x@elsewhere.example", "s"))
                  .body())
          .contains("sends no mail to");
    }
  }

  private static void assertTold(TestServer server, String run) throws Exception {
    HttpResponse<String> made =
        server.postJson(
            "/api/v1/runs/" + run + "/notifications",
            "{\"on\": [\"succeeded\"], \"mail\": {\"to\": [\"ann@river.example\"]}}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> MailPeer.taken("The run " + run).size() == 1);
    MailPeer.Taken told = MailPeer.taken("The run " + run).getFirst();
    assertThat(told.header("Subject")).isEqualTo("mails: succeeded (%s)".formatted(run));
    assertThat(told.isFor("ann@river.example")).isTrue();
  }

  private static void assertRefused(JsonNode run, String said) {
    assertThat(run.get("state").asString()).isEqualTo("failed");
    assertThat(run.get("failure").asString()).startsWith("USER: ").contains(said);
  }
}
