package io.twinflow.engine.stores.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.place.ObjectPlace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderPlaceTest {

  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path root;
  private FolderPlace place;
  private FileDesk desk;

  @BeforeEach
  void open() throws IOException {
    place = at(NOW);
    desk = new FileDesk(place);
  }

  private FolderPlace at(Instant now) throws IOException {
    return new FolderPlace(
        root,
        URI.create("http://engine:7070/files"),
        "a secret of thirty-two bytes, at least",
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private static FileDesk.Request request(String method, URI url, String body, long length) {
    return new FileDesk.Request(
        method,
        url.getRawPath().substring("/files/".length()),
        url.getRawQuery(),
        length,
        false,
        new ByteArrayInputStream(bytes(body)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private FileDesk.Answer put(URI url, String body) {
    return desk.answer(request("PUT", url, body, bytes(body).length));
  }

  private FileDesk.Answer get(URI url) {
    return desk.answer(request("GET", url, "", -1));
  }

  private static String text(FileDesk.Answer answer) throws IOException {
    try (InputStream content = answer.content()) {
      assertThat(content).isNotNull();
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String text(String name) throws IOException {
    return new String(place.get(name, 1_000).orElseThrow(), StandardCharsets.UTF_8);
  }

  private List<String> leftovers() throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve(".parts"))) {
      return all.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  @Test
  void whatASignedUrlPutsAnotherOneGets() throws IOException {
    String name = "runs/a/out/größe 50 %/ü?#&=+;.txt";

    assertThat(put(place.toPut(name, HOUR), "level 3.2 m").status()).isEqualTo(200);

    FileDesk.Answer answer = get(place.toGet(name, HOUR));
    assertThat(answer.length()).isEqualTo(11);
    assertThat(text(answer)).isEqualTo("level 3.2 m");
    assertThat(root.resolve(name)).hasContent("level 3.2 m");
    assertThat(place.name(place.location(name))).contains(name);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aUrlIsGoodForOneMethodOneNameAndItsTime() throws IOException {
    place.put("a", bytes("mine"));
    place.put("b", bytes("yours"));
    URI get = place.toGet("a", HOUR);

    assertThat(desk.answer(request("PUT", get, "x", 1)).status()).isEqualTo(403);
    String other = place.toGet("b", HOUR).getPath();
    assertThat(get(URI.create(get.toString().replace(get.getPath(), other))).status())
        .isEqualTo(403);
    assertThat(
            get(URI.create(get.toString().replaceFirst("until=\\d+", "until=9999999999"))).status())
        .isEqualTo(403);
    assertThat(get(URI.create("http://engine:7070/files/a?")).status()).isEqualTo(403);
    assertThat(get(URI.create("http://engine:7070/files/../a?until=x&part=y")).status())
        .isEqualTo(403);
    assertThat(new FileDesk(at(NOW.plus(HOUR))).answer(request("GET", get, "", -1)).status())
        .isEqualTo(403);
    assertThat(text("a")).isEqualTo("mine");
    assertThat(text(get(get))).isEqualTo("mine");
  }

  @Test
  void noNameLeavesTheFolder() {
    assertThatThrownBy(() -> place.toGet("../secret", HOUR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> place.put("a//b", bytes("")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(place.name(root.resolveSibling("other").toUri())).isEmpty();
    assertThat(place.name(URI.create("s3://bucket/a"))).isEmpty();
  }

  @Test
  void aBodyThatBreaksOffLeavesNothing() throws IOException {
    URI url = place.toPut("runs/a/out/f", HOUR);

    assertThat(desk.answer(request("PUT", url, "half", 8)).status()).isEqualTo(400);
    assertThat(desk.answer(request("PUT", url, "half", -1)).status()).isEqualTo(411);

    assertThat(place.find("runs/a/out/f")).isEmpty();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void whatTheDiskCannotHoldIsRefusedBeforeItComes() throws IOException {
    FileDesk.Answer answer =
        desk.answer(request("PUT", place.toPut("f", HOUR), "x", Long.MAX_VALUE / 2));

    assertThat(answer.status()).isEqualTo(507);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void ofTwoFirstRecordsOneCounts() throws IOException {
    URI url = place.toPut("sites/hpc/news/1/record", HOUR);
    FileDesk.Request first =
        new FileDesk.Request(
            "PUT",
            url.getRawPath().substring("/files/".length()),
            url.getRawQuery(),
            3,
            true,
            new ByteArrayInputStream(bytes("one")));

    assertThat(desk.answer(first).status()).isEqualTo(200);
    assertThat(
            desk.answer(
                    new FileDesk.Request(
                        "PUT",
                        first.path(),
                        first.query(),
                        3,
                        true,
                        new ByteArrayInputStream(bytes("two"))))
                .status())
        .isEqualTo(412);

    assertThat(text("sites/hpc/news/1/record")).isEqualTo("one");
    assertThat(place.putIfAbsent("sites/hpc/news/1/record", bytes("one"))).isTrue();
    assertThat(place.putIfAbsent("sites/hpc/news/1/record", bytes("two"))).isFalse();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void partsAreNothingBeforeTheyAreComplete() throws IOException {
    String upload = place.begin("out/large");
    String second = put(place.toPutPart("out/large", upload, 2, HOUR), "lo").tag();
    put(place.toPutPart("out/large", upload, 1, HOUR), "wrong");
    String first = put(place.toPutPart("out/large", upload, 1, HOUR), "hel").tag();

    assertThat(place.find("out/large")).isEmpty();
    assertThatThrownBy(() -> place.complete("out/large", upload, List.of(first), 5))
        .hasMessageContaining("3 bytes");
    assertThatThrownBy(() -> place.complete("out/large", upload, List.of(first, second, "gone"), 5))
        .hasMessageContaining("part 3 is missing");
    assertThatThrownBy(() -> place.complete("out/other", upload, List.of(first, second), 5))
        .hasMessageContaining("no upload");

    place.complete("out/large", upload, List.of(first, second), 5);
    place.complete("out/large", upload, List.of(first, second), 5);
    assertThat(text("out/large")).isEqualTo("hello");
    assertThat(leftovers()).isEmpty();
    assertThat(put(place.toPutPart("out/large", upload, 3, HOUR), "late").status()).isEqualTo(404);
  }

  @Test
  void uploadsThatAreAbandonedAreGone() throws IOException {
    String upload = place.begin("runs/a/out/f");
    String other = place.begin("runs/b/out/f");
    put(place.toPutPart("runs/a/out/f", upload, 1, HOUR), "x");

    place.abandon("runs/a/");

    assertThat(put(place.toPutPart("runs/a/out/f", upload, 2, HOUR), "x").status()).isEqualTo(404);
    assertThat(put(place.toPutPart("runs/b/out/f", other, 1, HOUR), "x").status()).isEqualTo(200);
  }

  @Test
  void listsAreSortedAndHideWhatIsUnfinished() throws IOException {
    place.put("n/b/claim", bytes("1"));
    place.put("n/a/record", bytes("22"));
    place.put("m", bytes(""));
    place.begin("n/c");

    assertThat(place.list("n/"))
        .extracting(ObjectPlace.Found::name, ObjectPlace.Found::size)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("n/a/record", 2L),
            org.assertj.core.api.Assertions.tuple("n/b/claim", 1L));
    place.copy("n/a/record", "o");
    place.keepFolder("empty/one");
    assertThat(text("o")).isEqualTo("22");
    assertThat(root.resolve("empty/one")).isEmptyDirectory();
    assertThatThrownBy(() -> place.get("n/a/record", 1)).hasMessageContaining("1 are allowed");
  }

  @Test
  void whoDeletesBesideAPutTakesNothingAway() throws Exception {
    try (ExecutorService others = Executors.newFixedThreadPool(3)) {
      List<Future<?>> all = new ArrayList<>();
      for (int one = 0; one < 3; one++) {
        String name = "news/x/" + one + "-";
        all.add(
            others.submit(() -> {
              for (int i = 0; i < 300; i++) {
                assertThat(place.putIfAbsent(name + i, bytes("x"))).isTrue();
                place.delete(name + i);
              }
              return null;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(place.list("news/")).isEmpty();
  }
}
