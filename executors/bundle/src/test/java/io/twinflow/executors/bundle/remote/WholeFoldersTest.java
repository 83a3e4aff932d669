package io.twinflow.executors.bundle.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.TaskSpec;
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

/** A folder that is an output, as the next task finds it in the place. */
class WholeFoldersTest {

  private static final AttemptKey ATTEMPT = new AttemptKey("here", "r", 7, 1);
  private static final RemoteNames NAMES = RemoteNames.of("hpc");
  private static final String DIGESTS = " " + "1".repeat(40) + " " + "2".repeat(64) + " ";

  @TempDir private Path disk;
  private final MapPlace place = new MapPlace();
  private RemoteTasks tasks;
  private TaskSpec task;

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
    task =
        new TaskBuilder(ATTEMPT, tasks.layout(ATTEMPT, false), List.of("true"), null)
            .link(Files.writeString(disk.resolve("given.txt"), "given"), "given.txt")
            .build();
    tasks.write(task);
    put("aside", "aside");
    put("d/a", "a");
  }

  private void put(String path, String text) throws IOException {
    place.put(NAMES.out(ATTEMPT, path), text.getBytes(StandardCharsets.UTF_8));
  }

  private String text(String path) throws IOException {
    return new String(
        place.get(NAMES.out(ATTEMPT, path), 100).orElseThrow(), StandardCharsets.UTF_8);
  }

  private OutputFolder folder(String... lines) throws IOException {
    String record =
        "code=0\nhost=h\nended=1\nsiteId=s\n" + String.join("\n", lines) + "\n(whole)\n";
    place.put(NAMES.record(ATTEMPT), record.getBytes(StandardCharsets.UTF_8));
    return tasks.outputs(task);
  }

  private List<String> there() throws IOException {
    String start = NAMES.out(ATTEMPT, "");
    return place.list(start).stream().map(f -> f.name().substring(start.length())).toList();
  }

  @Test
  void whatIsEmptyThereIsEmptyInThePlace() throws Exception {
    folder("f=1" + DIGESTS + "d/a", "d=d/none", "d=d/sub", "d=d/sub/none", "d=other").glob("d");
    assertThat(there())
        .containsExactly(
            "aside", "d/a", "d/none/.twinflow-empty-folder", "d/sub/none/.twinflow-empty-folder");
  }

  @Test
  void linksAreWhatTheyLeadTo() throws Exception {
    String given = tasks.folder(ATTEMPT).path() + "/fetched/1/given.txt";
    folder(
            "f=1" + DIGESTS + "d/a",
            "f=5" + DIGESTS + "aside",
            "l=d/to-aside",
            "to=../aside",
            "l=d/to-given",
            "to=" + given)
        .glob("d");
    assertThat(text("d/to-aside")).isEqualTo("aside");
    assertThat(text("d/to-given")).isEqualTo("given");
    assertThat(text("d/a")).isEqualTo("a");
  }

  @Test
  void aLinkToAFolderIsTheFolder() throws Exception {
    folder("f=1" + DIGESTS + "d/a", "d=e", "l=e/again", "to=../d").find("e");
    assertThat(text("e/again/a")).isEqualTo("a");
  }

  @Test
  void aFolderThatHoldsItselfIsRefused() throws Exception {
    OutputFolder folder = folder("f=1" + DIGESTS + "d/a", "l=d/self", "to=.");
    assertThatThrownBy(() -> folder.glob("d"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("take the link out");
  }
}
