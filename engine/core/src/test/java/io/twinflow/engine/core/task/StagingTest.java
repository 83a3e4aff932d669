package io.twinflow.engine.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.Staging;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileValue;
import java.net.URI;
import org.junit.jupiter.api.Test;

class StagingTest {

  private static final String BODY = "baseCommand: x\noutputs: []\ninputs:\n  f: %s\n  g: %s\n";

  @Test
  void givesEachInputAFolderOfItsOwn() throws Exception {
    PreparedTask task =
        new Bench()
            .with("file:///a/same.txt", "1")
            .with("file:///b/same.txt", "2")
            .prepare(
                BODY.formatted("File", "File"),
                """
                {"f": {"class": "File", "location": "file:///a/same.txt"},
                 "g": {"class": "File", "location": "file:///b/same.txt"}}
                """);

    assertThat(task.spec().staging())
        .containsExactly(
            new Staging.Link(URI.create("file:///a/same.txt"), Bench.IN + "/1/same.txt", false),
            new Staging.Link(URI.create("file:///b/same.txt"), Bench.IN + "/2/same.txt", false));
    FileValue f = (FileValue) task.inputs().get("f");
    assertThat(f.path()).isEqualTo(Bench.IN + "/1/same.txt");
    assertThat(f.size()).isEqualTo(1);
  }

  @Test
  void putsSecondaryFilesBesideTheirPrimary() throws Exception {
    PreparedTask task =
        new Bench()
            .with("file:///a/reads.bam", "1")
            .with("file:///a/reads.bam.bai", "2")
            .with("file:///a/reads.txt", "3")
            .prepare(
                BODY.formatted("{type: File, secondaryFiles: [.bai, ^.txt, .none?]}", "string?"),
                "{\"f\": {\"class\": \"File\", \"location\": \"file:///a/reads.bam\"}}");

    assertThat(task.spec().staging())
        .extracting(Staging::target)
        .containsExactly(
            Bench.IN + "/1/reads.bam", Bench.IN + "/1/reads.bam.bai", Bench.IN + "/1/reads.txt");
  }

  @Test
  void saysWhichSecondaryFileIsMissingAndWhere() {
    assertThatThrownBy(() ->
            new Bench()
                .with("file:///a/reads.bam", "1")
                .prepare(
                    BODY.formatted("{type: File, secondaryFiles: .bai}", "string?"),
                    "{\"f\": {\"class\": \"File\", \"location\": \"file:///a/reads.bam\"}}"))
        .hasMessageContaining("input 'f'")
        .hasMessageContaining("'reads.bam.bai'")
        .hasMessageContaining("/a/reads.bam");
  }

  @Test
  void keepsSpacesNewlinesAndUnicodeInNames() throws Exception {
    PreparedTask task =
        new Bench()
            .with("file:///a/w%20%C3%BC%0A.txt", "1")
            .prepare(
                BODY.formatted("File", "string?"),
                "{\"f\": {\"class\": \"File\", \"location\": \"file:///a/w%20%C3%BC%0A.txt\"}}");

    assertThat(((FileValue) task.inputs().get("f")).path()).isEqualTo(Bench.IN + "/1/w ü\n.txt");
  }

  @Test
  void refusesABasenameThatLeadsElsewhere() {
    assertThatThrownBy(() ->
            new Bench()
                .with("file:///a/x", "1")
                .prepare(
                    BODY.formatted("File", "string?"),
                    """
                    {"f": {"class": "File", "location": "file:///a/x", "basename": "../x"}}
                    """))
        .hasMessageContaining("basename '../x'");
  }

  @Test
  void writesLiteralsAndBuildsFolders() throws Exception {
    PreparedTask task =
        new Bench()
            .with("file:///a/x", "1")
            .prepare(
                BODY.formatted("File", "Directory"),
                """
                {"f": {"class": "File", "basename": "lit", "contents": "text"},
                 "g": {"class": "Directory", "basename": "d", "listing": [
                    {"class": "File", "location": "file:///a/x"},
                    {"class": "Directory", "basename": "sub", "listing": []}]}}
                """);

    assertThat(task.spec().staging())
        .containsExactly(
            new Staging.WriteText("text", Bench.IN + "/1/lit", false),
            new Staging.MakeDirectory(Bench.IN + "/2/d", false),
            new Staging.Link(URI.create("file:///a/x"), Bench.IN + "/2/d/x", false),
            new Staging.MakeDirectory(Bench.IN + "/2/d/sub", false));
    DirectoryValue d = (DirectoryValue) task.inputs().get("g");
    assertThat(d.listing()).extracting(child -> child.path()).contains(Bench.IN + "/2/d/sub");
  }

  @Test
  void refusesTwoFilesOfOneNameInAListing() {
    assertThatThrownBy(() ->
            new Bench()
                .with("file:///a/x", "1")
                .with("file:///b/x", "1")
                .prepare(
                    BODY.formatted("Directory", "string?"),
                    """
                    {"f": {"class": "Directory", "basename": "d", "listing": [
                        {"class": "File", "location": "file:///a/x"},
                        {"class": "File", "location": "file:///b/x"}]}}
                    """))
        .hasMessageContaining("two different things")
        .hasMessageContaining("/2/d/x".replace("/2", "/1"));
  }

  @Test
  void listsAFolderAsDeepAsAsked() throws Exception {
    Bench bench = new Bench().with("file:///a/d/x", "1").with("file:///a/d/sub/y", "2");
    String job = "{\"f\": {\"class\": \"Directory\", \"location\": \"file:///a/d\"}}";

    for (String depth : new String[] {"no_listing", "shallow_listing", "deep_listing"}) {
      String type = "{type: Directory, loadListing: " + depth + "}";
      PreparedTask task = bench.prepare(BODY.formatted(type, "string?"), job);
      DirectoryValue d = (DirectoryValue) task.inputs().get("f");
      if (depth.equals("no_listing")) {
        assertThat(d.listing()).isNull();
      } else {
        DirectoryValue sub = (DirectoryValue) d.listing().getFirst();
        assertThat(sub.path()).isEqualTo(Bench.IN + "/1/d/sub");
        assertThat(sub.listing() == null).isEqualTo(depth.equals("shallow_listing"));
      }
      assertThat(task.spec().staging()).hasSize(1);
    }
  }

  @Test
  void namesEverythingThatIsWrongWithTheInputs() {
    assertThatThrownBy(() -> new Bench().prepare(BODY.formatted("int", "string"), "{\"f\": \"x\"}"))
        .hasMessageContaining("input 'f' must be int, found the string 'x'")
        .hasMessageContaining("input 'g' is missing; expected string");
  }

  @Test
  void saysWhichFileIsNotThere() {
    assertThatThrownBy(() ->
            new Bench()
                .prepare(
                    BODY.formatted("File", "string?"),
                    "{\"f\": {\"class\": \"File\", \"location\": \"file:///gone\"}}"))
        .hasMessageContaining("input 'f': there is no /gone");
  }

  @Test
  void refusesMoreThan64KiBOfContents() {
    assertThatThrownBy(() ->
            new Bench()
                .with("file:///big", "x".repeat(65537))
                .prepare(
                    BODY.formatted("{type: File, loadContents: true}", "string?"),
                    "{\"f\": {\"class\": \"File\", \"location\": \"file:///big\"}}"))
        .hasMessageContaining("64 KiB");
  }

  @Test
  void checksFormats() {
    assertThatThrownBy(() ->
            new Bench()
                .with("file:///x", "1")
                .prepare(
                    BODY.formatted("{type: File, format: 'http://f/a'}", "string?"),
                    """
                    {"f": {"class": "File", "location": "file:///x", "format": "http://f/b"}}
                    """))
        .hasMessageContaining("has the format http://f/b; expected http://f/a");
  }

  @Test
  void isAPureFunctionOfItsArguments() throws Exception {
    Bench bench = new Bench().with("file:///x", "1");
    String body = BODY.formatted("File", "File");
    String job =
        """
        {"f": {"class": "File", "location": "file:///x"},
         "g": {"class": "File", "contents": "a literal without a name"}}
        """;

    PreparedTask once = bench.prepare(body, job);
    PreparedTask again = bench.prepare(body, job);
    assertThat(again.spec()).isEqualTo(once.spec());
    assertThat(again.inputs()).isEqualTo(once.inputs());
    assertThat(again.runtime()).isEqualTo(once.runtime());
  }
}
