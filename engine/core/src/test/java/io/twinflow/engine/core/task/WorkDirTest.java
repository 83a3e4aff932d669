package io.twinflow.engine.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.Staging;
import io.twinflow.workflowdefs.value.FileValue;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkDirTest {

  private static final String JOB =
      """
      {"f": {"class": "File", "location": "file:///a/f.txt"},
       "more": [{"class": "File", "location": "file:///a/f.txt"},
                {"class": "File", "location": "file:///b/f.txt"}],
       "d": {"class": "Directory", "location": "file:///a/d"},
       "s": "words", "n": 7}
      """;

  private static PreparedTask prepare(String listing, String more) throws Exception {
    return bench().prepare(body(listing, more), JOB);
  }

  private static Bench bench() {
    return new Bench()
        .with("file:///a/f.txt", "1")
        .with("file:///b/f.txt", "2")
        .with("file:///a/d/x", "3");
  }

  private static String body(String listing, String more) {
    return """
    baseCommand: x
    inputs: {f: File, more: 'File[]', d: Directory, s: string, n: int}
    outputs: []
    requirements:
      InlineJavascriptRequirement: {}
      %s
      InitialWorkDirRequirement:
        listing: %s
    """
        .formatted(more, listing);
  }

  private static List<Staging> inOutdir(PreparedTask task) {
    return task.spec().staging().stream()
        .filter(entry -> entry.target().startsWith(Bench.OUT))
        .toList();
  }

  @Test
  void movesAnInputThatIsListed() throws Exception {
    PreparedTask task = prepare("[$(inputs.f)]", "");

    assertThat(inOutdir(task))
        .containsExactly(
            new Staging.Link(URI.create("file:///a/f.txt"), Bench.OUT + "/f.txt", false));
    assertThat(((FileValue) task.inputs().get("f")).path()).isEqualTo(Bench.OUT + "/f.txt");
  }

  @Test
  void renamesAndCopiesWhatIsWritable() throws Exception {
    PreparedTask task =
        prepare("[{entry: $(inputs.f), entryname: sub/new.txt, writable: true}]", "");

    assertThat(inOutdir(task))
        .containsExactly(
            new Staging.Copy(URI.create("file:///a/f.txt"), Bench.OUT + "/sub/new.txt", false));
    FileValue f = (FileValue) task.inputs().get("f");
    assertThat(f.basename()).isEqualTo("new.txt");
  }

  @Test
  void updatesInPlaceWhereThatIsAllowed() throws Exception {
    PreparedTask task =
        prepare(
            "[{entry: $(inputs.f), writable: true}]",
            "InplaceUpdateRequirement: {inplaceUpdate: true}");

    assertThat(inOutdir(task))
        .containsExactly(
            new Staging.InPlace(URI.create("file:///a/f.txt"), Bench.OUT + "/f.txt", false));
    assertThat(task.spec().staging())
        .extracting(Staging::target)
        .doesNotContain(Bench.IN + "/1/f.txt");
  }

  @Test
  void writesTextAndSerialisesOtherValues() throws Exception {
    PreparedTask task =
        prepare(
            """
            [{entryname: a, entry: 'x=$(inputs.s)'},
             {entryname: b, entry: "$(inputs.s)\\n"},
             {entryname: c, entry: '$({z: [1, 2], a: "q"})'},
             {entryname: d, entry: $(inputs.n), writable: true},
             {entryname: e, entry: "${return [1, 2];}\\n"},
             {entryname: f, entry: $(null)}]
            """,
            "");

    assertThat(inOutdir(task))
        .containsExactly(
            new Staging.WriteText("x=words", Bench.OUT + "/a", false),
            new Staging.WriteText("words\n", Bench.OUT + "/b", false),
            new Staging.WriteText("{\"a\": \"q\", \"z\": [1, 2]}", Bench.OUT + "/c", false),
            new Staging.WriteText("7", Bench.OUT + "/d", true),
            new Staging.WriteText("[1, 2]\n", Bench.OUT + "/e", false));
  }

  @Test
  void numbersASecondFileOfTheSameNameAndSaysSo() throws Exception {
    PreparedTask task = prepare("[{entry: $(inputs.more)}]", "");

    assertThat(inOutdir(task))
        .extracting(Staging::target)
        .containsExactly(Bench.OUT + "/f.txt", Bench.OUT + "/f.txt_2");
    assertThat(task.notices()).singleElement().asString().contains("f.txt_2");
  }

  @Test
  void takesDirentsAndFoldersFromAnExpression() throws Exception {
    PreparedTask task =
        prepare(
            """
            |
                  ${ return [null, {entryname: "t", entry: "text", writable: true},
                       {class: "Directory", basename: "dir", listing: [inputs.f]}]; }
            """,
            "");

    assertThat(inOutdir(task))
        .containsExactly(
            new Staging.WriteText("text", Bench.OUT + "/t", true),
            new Staging.MakeDirectory(Bench.OUT + "/dir", false),
            new Staging.Link(URI.create("file:///a/f.txt"), Bench.OUT + "/dir/f.txt", false));
    assertThat(((FileValue) task.inputs().get("f")).path()).isEqualTo(Bench.OUT + "/dir/f.txt");
  }

  @Test
  void copiesAFolderThatGetsMoreInIt() throws Exception {
    PreparedTask task = prepare("[{entryname: d/new, entry: x}, $(inputs.d)]", "");

    assertThat(inOutdir(task))
        .containsExactly(
            new Staging.Copy(URI.create("file:///a/d"), Bench.OUT + "/d", true),
            new Staging.WriteText("x", Bench.OUT + "/d/new", false));
  }

  @Test
  void refusesNamesThatLeadOut() {
    assertThatThrownBy(() -> prepare("[{entryname: ../x, entry: y}]", ""))
        .hasMessageContaining("'../x' does not lead into the working folder");
    assertThatThrownBy(() -> prepare("[{entryname: /etc/x, entry: y}]", ""))
        .hasMessageContaining("'/etc/x' is absolute");
  }

  @Test
  void allowsAbsoluteNamesInARequiredContainer() throws Exception {
    String body =
        body(
            "[{entryname: /etc/x, entry: y}]",
            "DockerRequirement: {dockerPull: debian, dockerOutputDirectory: /out}");

    PreparedTask task = bench().withContainerEngine().prepare(body, JOB);

    assertThat(task.spec().staging()).contains(new Staging.WriteText("y", "/etc/x", false));
    assertThat(task.spec().layout().outdir()).isEqualTo("/out");
  }

  @Test
  void refusesOneNameForSeveralFilesAndNoNameForText() {
    assertThatThrownBy(() -> prepare("[{entryname: x, entry: $(inputs.more)}]", ""))
        .hasMessageContaining("cannot name an array of 2 files");
    assertThatThrownBy(() -> prepare("[{entry: $(inputs.s)}]", ""))
        .hasMessageContaining("needs an entryname");
    assertThatThrownBy(() -> prepare("[$(inputs.n)]", ""))
        .hasMessageContaining("must be null, a File, a Directory");
  }
}
