package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import io.twinflow.engine.server.data.StoreSettings;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Inputs out of S3 and outputs into it, through a whole server. */
class S3DataIT {

  static final String PACKED =
      """
      {"cwlVersion": "v1.2", "$graph": [
        {"id": "main", "class": "Workflow", "requirements": {"InlineJavascriptRequirement": {}},
         "inputs": {"text": "File", "folder": "Directory?"},
         "outputs": {
           "once": {"type": "File", "outputSource": "first/out"},
           "twice": {"type": "File", "outputSource": "second/out"},
           "contents": {"type": "string", "outputSource": "look/contents"},
           "same": {"type": "File", "outputSource": "pass/same"},
           "copied": {"type": ["null", "Directory"], "outputSource": "copy/out"}},
         "steps": {
           "first": {"run": "#cat", "in": {"text": "text"}, "out": ["out"]},
           "second": {"run": "#cat", "in": {"text": "first/out"}, "out": ["out"]},
           "pass": {"run": "#pass", "in": {"text": "second/out"}, "out": ["same"]},
           "look": {"run": "#look", "in": {"text": "first/out"}, "out": ["contents"]},
           "copy": {"run": "#copy", "when": "$(inputs.folder !== null)", "in": {"folder": "folder"}, "out": ["out"]}}},
        {"id": "cat", "class": "CommandLineTool", "baseCommand": "cat",
         "inputs": {"text": {"type": "File", "inputBinding": {}}},
         "stdout": "out + %1.txt", "outputs": {"out": {"type": "stdout"}}},
        {"id": "pass", "class": "CommandLineTool", "baseCommand": "true",
         "requirements": {"InlineJavascriptRequirement": {}},
         "inputs": {"text": "File"},
         "outputs": {"same": {"type": "File", "outputBinding": {"outputEval": "$(inputs.text)"}}}},
        {"id": "look", "class": "ExpressionTool", "requirements": {"InlineJavascriptRequirement": {}},
         "inputs": {"text": {"type": "File", "loadContents": true}},
         "outputs": {"contents": "string"},
         "expression": "${return {contents: inputs.text.contents};}"},
        {"id": "copy", "class": "CommandLineTool", "baseCommand": ["sh", "-c", "cp -rL \\"$0\\" made && mkdir made/empty"],
         "inputs": {"folder": {"type": "Directory?", "inputBinding": {}}},
         "outputs": {"out": {"type": "Directory", "outputBinding": {"glob": "made"}}}}
      ]}
      """;

  @TempDir static Path folder;
  private static TestBucket outputs;
  private static TestBucket inputs;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    outputs = TestBucket.make();
    inputs = TestBucket.make();
    inputs.put("public/in + ü.txt", "hello s3\n");
    inputs.put("public/dir/a.txt", "a");
    inputs.put("public/dir/sub/b ü.txt", "bb");
    inputs.put("private/secret.txt", "secret");
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(
        data.resolve("twinflow.yaml"),
        "sources:\n  nightly: {type: schedule, cron: '0 0 1 1 *', for: everyone}\n");
    Path sites = outputs.sitesFile(folder, inputs.name() + "/public/");
    server =
        TestServer.start(
            ServerSettings.in(data)
                .withTrust(Trust.IN_TOOLS)
                .withStores(
                    new StoreSettings("s3://" + outputs.name() + "/twin flow", sites, 1000)));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      outputs.close();
      inputs.close();
    }
  }

  private static HttpResponse<String> submit(String text, String directory) throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("workflow", PACKED);
    ObjectNode values = body.putObject("inputs");
    values.putObject("text").put("class", "File").put("location", text);
    if (directory != null) {
      values.putObject("folder").put("class", "Directory").put("location", directory);
    }
    return server.postJson("/api/v1/runs", body.toString());
  }

  private static String finished(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    String id = TestServer.JSON.readTree(answer.body()).get("id").asString();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            List.of("succeeded", "failed")
                .contains(server.json("/api/v1/runs/" + id).get("state").asString()));
    JsonNode run = server.json("/api/v1/runs/" + id);
    assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("succeeded");
    return id;
  }

  private static String in(String object) {
    return "s3://" + inputs.name() + "/" + object;
  }

  @Test
  void filesAndFoldersComeOutOfTheirBucketsAndGoIntoTheStore() throws Exception {
    String id = finished(submit(in("public/in%20+%20%C3%BC.txt"), in("public/dir/")));
    String root = "/api/v1/runs/" + id + "/outputs";
    JsonNode made = server.json(root).get("outputs");
    assertThat(made.at("/twice/checksum")).isEqualTo(made.at("/once/checksum"));
    assertThat(made.at("/twice/size").asLong()).isEqualTo(9);
    assertThat(made.get("contents").asString()).isEqualTo("hello s3\n");
    assertThat(server.get(root + "/twice").body()).isEqualTo("hello s3\n");
    assertThat(server.get(root + "/same").body()).isEqualTo("hello s3\n");
    assertThat(outputs.objects())
        .isNotEmpty()
        .allMatch(name -> name.startsWith("twin flow/default/admin/"))
        .anyMatch(name -> name.contains("/runs/" + id + "/") && name.endsWith("/out + %1.txt"));

    HttpResponse<String> part =
        server.send(server.to(root + "/twice").header("Range", "bytes=6-7"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("s3");
    assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 6-7/9");
    String wes = "/ga4gh/wes/v1/runs/" + id + "/outputs/twice";
    HttpResponse<String> wesPart = server.send(server.to(wes).header("Range", "bytes=0-4"));
    assertThat(wesPart.statusCode()).isEqualTo(206);
    assertThat(wesPart.body()).isEqualTo("hello");

    assertThat(server.get(root + "/copied/sub/b%20%C3%BC.txt").body()).isEqualTo("bb");
    assertThat(server.json(root + "/copied").get("listing").findValuesAsString("basename"))
        .containsExactly("a.txt", "empty", "sub");
    assertThat(zipped(root + "/copied?zip=true")).containsExactlyInAnyOrder("a.txt", "sub/b ü.txt");
    assertLink(root + "/twice?presigned=true");
  }

  private static List<String> zipped(String path) throws Exception {
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient().send(server.to(path).build(), BodyHandlers.ofByteArray());
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  private static void assertLink(String path) throws Exception {
    HttpResponse<String> redirect = server.get(path);
    assertThat(redirect.statusCode()).isEqualTo(307);
    URI there = URI.create(redirect.headers().firstValue("Location").orElseThrow());
    try (HttpClient anybody = HttpClient.newHttpClient()) {
      assertThat(
              anybody.send(HttpRequest.newBuilder(there).build(), BodyHandlers.ofString()).body())
          .isEqualTo("hello s3\n");
    }
  }

  @Test
  void uploadedFilesAreKeptInTheStoreToo() throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("workflow", PACKED);
    body.putObject("inputs").putObject("text").put("class", "File").put("contents", "literal");
    String id = finished(server.postJson("/api/v1/runs", body.toString()));
    assertThat(server.get("/api/v1/runs/" + id + "/outputs/twice").body()).isEqualTo("literal");
  }

  @Test
  void whatNobodyMayReadIsRefusedInWords() throws Exception {
    HttpResponse<String> hidden = submit(in("private/secret.txt"), null);
    assertThat(hidden.statusCode()).isBetween(400, 499);
    assertThat(hidden.body()).contains("private/secret.txt", "administrator", "--s3");
    HttpResponse<String> missing = submit(in("public/none.txt"), null);
    assertThat(missing.statusCode()).isBetween(400, 499);
    assertThat(missing.body()).contains("there is no", "public/none.txt");
    HttpResponse<String> foreign =
        submit("s3://" + outputs.name() + "/twin%20flow/default/somebody/runs/x/y", null);
    assertThat(foreign.statusCode()).isBetween(400, 499);
    assertThat(foreign.body()).contains("belongs to the runs of somebody else");
  }

  @Test
  void moreThanMayBeFetchedForOneRunIsRefused() throws Exception {
    inputs.put("public/large.txt", "x".repeat(1001));
    HttpResponse<String> answer = submit(in("public/large.txt"), null);
    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(answer.body()).contains("more than 1000 bytes", "--most-input");
  }

  private static void keep() throws Exception {
    server.send(
        server
            .to("/api/v1/workflows?name=packed")
            .header("Content-Type", "application/cwl")
            .POST(BodyPublishers.ofString(PACKED)));
  }

  private static HttpResponse<String> save(String name, String filter) throws Exception {
    String document =
        "name: %s\n%s\nworkflow: packed\ninputs: {text: {class: File, location: $(self.object.location)}}\n";
    return server.send(
        server
            .to("/api/v1/triggers/" + name)
            .header("Content-Type", "application/yaml")
            .PUT(BodyPublishers.ofString(document.formatted(name, filter))));
  }

  @Test
  void triggersThatWouldSeeTheirOwnResultsAreRefused() throws Exception {
    keep();
    for (String subject :
        List.of("**", "twin flow/default/**", "twin flow/default/admin/runs/**")) {
      HttpResponse<String> loops = save("loops", "filter: {subject: '%s'}".formatted(subject));
      assertThat(loops.statusCode()).as(loops.body()).isEqualTo(400);
      assertThat(loops.body())
          .contains("would fire it again", outputs.name() + "/twin flow", "default/admin/");
    }
    for (String subject : List.of("in/**", "twin%20flow/**", "twin flow/default/somebody/**")) {
      HttpResponse<String> apart = save("apart", "filter: {subject: '%s'}".formatted(subject));
      assertThat(apart.statusCode()).as(apart.body()).isBetween(200, 201);
    }
  }

  @Test
  void aScheduleTellsOfNoResults() throws Exception {
    keep();
    HttpResponse<String> saved = save("nightly", "source: nightly\nfilter: {subject: '**'}");
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(201);
  }
}
