package io.twinflow.engine.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPublisherTest {

  @TempDir Path folder;
  private Path run;
  private Path out;

  @BeforeEach
  void makeFolders() throws IOException {
    run = Files.createDirectories(folder.resolve("run"));
    out = folder.resolve("out");
  }

  private RecordValue publish(Value value) throws IOException {
    return new OutputPublisher(new FileArtifacts(), out)
        .publish(RecordValue.EMPTY.with("o", value));
  }

  private FileValue file(String path, String text) throws IOException {
    Path file = run.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return FileValue.at(Locations.of(file), file.getFileName().toString());
  }

  @Test
  void copiesAFileAndDescribesIt() throws Exception {
    FileValue published = (FileValue) publish(file("1/a b.txt", "hello")).get("o");

    assertThat(out.resolve("a b.txt")).hasContent("hello");
    assertThat(published.location()).isEqualTo(Locations.of(out.resolve("a b.txt")));
    assertThat(published.location()).endsWith("/a%20b.txt");
    assertThat(published.checksum()).isEqualTo("sha1$aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d");
    assertThat(published.size()).isEqualTo(5);
    assertThat(run.resolve("1/a b.txt")).exists();
  }

  @Test
  void givesFilesOfOneNameFoldersOfTheirOwn() throws Exception {
    FileValue first = file("1/x", "1");
    ListValue files = new ListValue(List.of(first, file("2/x", "2"), first, file("3/x", "3")));

    ListValue published = (ListValue) publish(files).get("o");

    assertThat(published.items())
        .extracting(item -> Locations.path(((FileValue) item).location()))
        .containsExactly(
            out.resolve("x"), out.resolve("2/x"), out.resolve("x"), out.resolve("3/x"));
    assertThat(out.resolve("3/x")).hasContent("3");
  }

  @Test
  void keepsSecondaryFilesBesideTheirPrimary() throws Exception {
    FileValue one = file("1/x", "1").withSecondaryFiles(List.of(file("1/x.i", "1i")));
    FileValue two = file("2/y", "2").withSecondaryFiles(List.of(file("2/x.i", "2i")));

    publish(new ListValue(List.of(one, two)));

    assertThat(out.resolve("x.i")).hasContent("1i");
    assertThat(out.resolve("2/y")).hasContent("2");
    assertThat(out.resolve("2/x.i")).hasContent("2i");
  }

  @Test
  void copiesTreesAndListsThem() throws Exception {
    file("1/d/a", "1");
    file("1/d/sub/b", "2");
    Files.createSymbolicLink(run.resolve("1/d/link"), Path.of("a"));

    DirectoryValue published =
        (DirectoryValue)
            publish(new DirectoryValue(Locations.of(run.resolve("1/d")), null, "d", null)).get("o");

    assertThat(published.listing())
        .extracting(FileOrDirectory::basename)
        .containsExactly("a", "link", "sub");
    assertThat(out.resolve("d/link")).isRegularFile().hasContent("1");
    assertThat(Files.isSymbolicLink(out.resolve("d/link"))).isFalse();
    FileValue b = (FileValue) ((DirectoryValue) published.listing().getLast()).listing().getFirst();
    assertThat(b.checksum()).startsWith("sha1$");
  }

  @Test
  void endsAtALinkThatLeadsRoundInACircle() throws Exception {
    file("1/d/a", "1");
    Files.createSymbolicLink(run.resolve("1/d/loop"), Path.of("."));
    DirectoryValue d = new DirectoryValue(Locations.of(run.resolve("1/d")), null, "d", null);

    assertThatThrownBy(() -> publish(d)).hasMessageContaining("a folder that it is in");
  }

  @Test
  void writesLiterals() throws Exception {
    FileValue literal = new FileValue(null, null, "l", null, null, List.of(), null, "hello");
    DirectoryValue d = new DirectoryValue(null, null, "d", List.of(literal, file("1/a", "1")));

    DirectoryValue published = (DirectoryValue) publish(d).get("o");

    assertThat(out.resolve("d/l")).hasContent("hello");
    assertThat(out.resolve("d/a")).hasContent("1");
    assertThat(published.listing()).extracting(FileOrDirectory::basename).containsExactly("a", "l");
  }

  @Test
  void overwritesWhatAnEarlierRunLeftAndNeverItsSource() throws Exception {
    FileValue source = file("1/x", "new");
    Files.createDirectories(out);
    Files.writeString(out.resolve("x"), "old");

    publish(source);
    FileValue again =
        (FileValue) publish(FileValue.at(Locations.of(out.resolve("x")), "x")).get("o");

    assertThat(out.resolve("x")).hasContent("new");
    assertThat(again.size()).isEqualTo(3);
  }

  @Test
  void makesCopiesOfReadOnlyFilesWritable() throws Exception {
    FileValue source = file("1/x", "1");
    assertThat(run.resolve("1/x").toFile().setReadOnly()).isTrue();

    publish(source);

    assertThat(Files.getPosixFilePermissions(out.resolve("x")))
        .contains(java.nio.file.attribute.PosixFilePermission.OWNER_WRITE);
  }

  @Test
  void refusesNamesThatLeadElsewhere() throws Exception {
    FileValue source = file("1/x", "1").withBasename("../x");

    assertThatThrownBy(() -> publish(source)).hasMessageContaining("'../x'");
  }
}
