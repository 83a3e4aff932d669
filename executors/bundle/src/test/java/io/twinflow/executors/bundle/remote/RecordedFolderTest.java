package io.twinflow.executors.bundle.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.OutputFolder.Entry;
import io.twinflow.executors.api.OutputFolder.EscapeException;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.Containers;
import io.twinflow.executors.testing.MapPlace;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a record names, with links as they were at the site. */
class RecordedFolderTest {

  private static final AttemptKey ATTEMPT = new AttemptKey("here", "r", 7, 1);
  private static final RemoteNames NAMES = RemoteNames.of("hpc");
  private static final String DIGESTS = " " + "1".repeat(40) + " " + "2".repeat(64) + " ";

  @TempDir private Path disk;
  private final MapPlace place = new MapPlace();
  private RemoteTasks tasks;
  private TaskSpec task;
  private String fetched;

  @BeforeEach
  void write() throws Exception {
    tasks =
        new RemoteTasks(
            place,
            NAMES,
            new TicketKey(new byte[32]),
            URI.create("https://engine.example.org/t/hpc"),
            Path.of("/s"),
            new Containers.OfSite());
    Files.createDirectories(disk.resolve("folder/sub"));
    Files.writeString(disk.resolve("folder/tmp"), "in");
    task =
        new TaskBuilder(ATTEMPT, tasks.layout(ATTEMPT, false), List.of("true"), null)
            .linkFolder(disk.resolve("folder"), "given")
            .build();
    tasks.write(task);
    fetched = tasks.folder(ATTEMPT).path() + "/fetched/1/given";
  }

  private OutputFolder folder(String... lines) throws IOException {
    String record =
        "code=0\nhost=h\nended=1\nsiteId=s\n" + String.join("\n", lines) + "\n(whole)\n";
    place.put(NAMES.record(ATTEMPT), record.getBytes(StandardCharsets.UTF_8));
    return tasks.outputs(task);
  }

  private static List<String> names(List<Entry> entries) {
    return entries.stream().map(Entry::name).toList();
  }

  @Test
  void filesAreKnownByTheirRecordAlone() throws Exception {
    OutputFolder folder =
        folder("f=3" + DIGESTS + "d/a b\\nc", "d=empty", "f=0" + DIGESTS + ".hid");
    assertThat(names(folder.glob("*"))).containsExactly("d", "empty");
    Entry file = folder.glob("d/*").getFirst();
    assertThat(file.name()).isEqualTo("a b\nc");
    assertThat(file.size()).isEqualTo(3);
    assertThat(file.location()).isEqualTo("map://runs/r/work/7.1/out/d/a%20b%0Ac");
    assertThat(folder.identify(file).sha1()).isEqualTo("1".repeat(40));
    assertThat(folder.list(folder.find("empty").orElseThrow())).isEmpty();
    assertThat(folder.find("none")).isEmpty();
    assertThat(folder.find("d/none")).isEmpty();
  }

  @Test
  void aLinkToAnOutputIsThatOutput() throws Exception {
    OutputFolder folder =
        folder("f=3" + DIGESTS + "real/file", "l=link", "to=real", "l=real/again", "to=file");
    Entry file = folder.glob("link/again").getFirst();
    assertThat(file.location()).endsWith("/out/real/file");
    assertThat(file.size()).isEqualTo(3);
    assertThat(names(folder.glob("link/*"))).containsExactly("again", "file");
  }

  @Test
  void aLinkToAnInputStandsForItsSource() throws Exception {
    OutputFolder folder = folder("l=link", "to=" + fetched);
    assertThat(folder.find("link").orElseThrow().location())
        .isEqualTo(disk.resolve("folder").toUri().toString().replaceFirst("/+$", ""));
    // This machine has a folder of that name, too.
    Entry file = folder.find("link/tmp").orElseThrow();
    assertThat(file.location()).isEqualTo(disk.resolve("folder/tmp").toUri().toString());
    assertThat(folder.read(file, 10)).asString(StandardCharsets.UTF_8).isEqualTo("in");
    assertThat(names(folder.glob("link/*"))).containsExactly("sub", "tmp");
    assertThat(folder.glob("link/none")).isEmpty();
    assertThat(folder.find("link/none")).isEmpty();
  }

  @Test
  void whatWasStagedIntoAStagedFolderStandsForItsOwnSource() throws Exception {
    Path other = Files.writeString(disk.resolve("other"), "other");
    task =
        new TaskBuilder(ATTEMPT, tasks.layout(ATTEMPT, false), List.of("true"), null)
            .linkFolder(disk.resolve("folder"), "given")
            .link(other, "given/tmp")
            .build();
    tasks.write(task);
    OutputFolder folder = folder("l=link", "to=" + task.layout().inputs() + "/given/tmp");
    assertThat(folder.find("link").orElseThrow().location()).isEqualTo(other.toUri().toString());
  }

  @Test
  void aLinkOutOfTheFolderIsRefused() throws Exception {
    OutputFolder folder =
        folder(
            "l=absolute",
            "to=/etc/passwd",
            "l=up",
            "to=../../../8.1/out",
            "l=beside",
            "to=" + tasks.layout(ATTEMPT, false).outdir() + "2/x",
            "l=d/out",
            "to=../..",
            "l=almost",
            "to=" + fetched + "2");
    for (String name : List.of("absolute", "up", "beside", "d/out", "almost")) {
      assertThatThrownBy(() -> folder.find(name))
          .as(name)
          .isInstanceOf(EscapeException.class)
          .hasMessageContaining(name);
      assertThatThrownBy(() -> folder.glob(name)).as(name).isInstanceOf(EscapeException.class);
    }
    assertThatThrownBy(() -> folder.glob("up/x")).isInstanceOf(EscapeException.class);
    assertThatThrownBy(() -> folder.find("../x")).isInstanceOf(EscapeException.class);
  }

  @Test
  void aLinkToNothingAndALinkInACircleAreNamed() throws Exception {
    OutputFolder folder =
        folder("l=lost", "to=none", "l=a", "to=b", "l=b", "to=a", "l=self", "to=.");
    assertThatThrownBy(() -> folder.find("lost")).hasMessageContaining("points to nothing");
    assertThatThrownBy(() -> folder.find("a"))
        .hasMessageContaining("a link to a folder that holds");
    assertThat(folder.find("self").orElseThrow().directory()).isTrue();
  }

  @Test
  void whatClimbsOutOfARecordIsNotFound() throws Exception {
    OutputFolder folder =
        folder("f=3" + DIGESTS + "../../8.1/out/x", "f=3" + DIGESTS + "/etc/passwd");
    assertThatThrownBy(() -> folder.find("../../8.1/out/x")).isInstanceOf(EscapeException.class);
    assertThat(folder.find("etc/passwd")).isEmpty();
  }

  @Test
  void aDamagedRecordIsSaidToBe() {
    for (String line : List.of("f=3", "f=x" + DIGESTS + "a", "f=-1" + DIGESTS + "a", "f=1 a b c")) {
      assertThatThrownBy(() -> folder(line))
          .as(line)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void aPipeIsNoOutput() throws Exception {
    OutputFolder folder = folder("o=pipe");
    assertThatThrownBy(() -> folder.find("pipe"))
        .hasMessageContaining("neither a file nor a folder");
  }

  @Test
  void aFolderOfThePlaceThatGetsMoreIsCopied() throws Exception {
    place.put("data/set/a", "a".getBytes(StandardCharsets.UTF_8));
    String target = tasks.layout(ATTEMPT, false).outdir() + "/d";
    TaskBuilder more =
        new TaskBuilder(ATTEMPT, tasks.layout(ATTEMPT, false), List.of("true"), null)
            .stage(new Staging.Link(URI.create("map://data/set"), target, true))
            .stage(new Staging.WriteText("b", target + "/b", false));
    tasks.write(more.build());
    assertThat(
            new String(
                place.get(NAMES.order(ATTEMPT), 1 << 20).orElseThrow(), StandardCharsets.UTF_8))
        .contains("fetched/1/d/a");
  }

  @Test
  void whatCannotBeFetchedOrChangedThereIsTheUsersError() {
    assertUserError(
        new Staging.InPlace(disk.toUri(), tasks.layout(ATTEMPT, false).inputs() + "/x", true),
        "in place");
    assertUserError(
        new Staging.Link(URI.create("ftp://example.org/x"), "/s/x", false), "ftp://example.org/x");
    assertUserError(
        new Staging.Link(URI.create("https://example.org/x/"), "/s/x", true), "no list");
    assertUserError(new Staging.Link(URI.create("map://none"), "/s/x", false), "does not exist");
  }

  private void assertUserError(Staging entry, String words) {
    TaskBuilder wrong =
        new TaskBuilder(ATTEMPT, tasks.layout(ATTEMPT, false), List.of("true"), null).stage(entry);
    assertThatThrownBy(() -> tasks.write(wrong.build()))
        .isInstanceOfSatisfying(
            AttemptFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.USER))
        .hasMessageContaining(words);
  }
}
