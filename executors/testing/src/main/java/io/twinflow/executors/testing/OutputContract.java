package io.twinflow.executors.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.OutputFolder.Entry;
import io.twinflow.executors.api.OutputFolder.EscapeException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Outputs are found, named and read right, and nothing else is. */
interface OutputContract extends Contract {

  private static List<String> names(List<Entry> entries) {
    return entries.stream().map(Entry::name).toList();
  }

  @Test
  default void globsFindWhatTheyNameSortedByPath() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    OutputFolder folder =
        bench()
            .outputs(
                bench()
                    .shell(
                        "mkdir -p d/e; for f in b.txt a.txt c.csv .hid d/x.txt d/e/y.txt; do echo $f > $f; done"));
    assertThat(names(folder.glob("*.txt"))).containsExactly("a.txt", "b.txt");
    assertThat(names(folder.glob("*"))).containsExactly("a.txt", "b.txt", "c.csv", "d");
    assertThat(names(folder.glob(".*"))).containsExactly(".hid");
    assertThat(names(folder.glob("[ac].*"))).containsExactly("a.txt", "c.csv");
    assertThat(names(folder.glob("[!a].t?t"))).containsExactly("b.txt");
    assertThat(names(folder.glob("*/*.txt"))).containsExactly("x.txt");
    assertThat(names(folder.glob("d/e/y.txt"))).containsExactly("y.txt");
    assertThat(names(folder.glob("./d//e/*"))).containsExactly("y.txt");
    assertThat(folder.glob("nothing*")).isEmpty();
    assertThat(folder.glob("nothing")).isEmpty();
    assertThat(folder.glob("a.txt/x")).isEmpty();
  }

  @Test
  default void theWorkingFolderItselfIsAnOutput() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskBuilder task = bench().shell("touch a");
    OutputFolder folder = bench().outputs(task);
    for (String pattern : List.of(".", task.layout().outdir())) {
      assertThat(folder.glob(pattern))
          .singleElement()
          .satisfies(e -> assertThat(e.directory()).isTrue())
          .satisfies(e -> assertThat(names(folder.list(e))).containsExactly("a"));
    }
  }

  @Test
  default void absolutePathsAreAsTheToolSawThem() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskBuilder task = bench().shell("mkdir s; echo hi > s/f");
    OutputFolder folder = bench().outputs(task);
    String absolute = task.layout().outdir() + "/s/f";
    assertThat(folder.find(absolute)).isPresent();
    assertThat(folder.find(absolute)).isEqualTo(folder.find("s/f"));
    assertThat(folder.find("s/f").orElseThrow().path()).isEqualTo(absolute);
    assertThat(folder.glob(task.layout().outdir() + "/s/*")).hasSize(1);
    assertThat(folder.find("not/there")).isEmpty();
  }

  @Test
  default void oddNamesSurvive() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    OutputFolder folder =
        bench()
            .outputs(
                bench()
                    .shell(
                        "mkdir n; cd n; for f in 'a b' \"q'q\" 'd\"d' 'ü☃' 'h#h%20?' '-r' '[x]' 'b\\s'; do echo 1 > \"./$f\"; done; echo 1 > \"$(printf 'new\\nline')\""));
    Entry n = folder.find("n").orElseThrow();
    assertThat(names(folder.list(n)))
        .containsExactlyInAnyOrder(
            "a b", "q'q", "d\"d", "ü☃", "h#h%20?", "-r", "[x]", "b\\s", "new\nline");
    for (Entry entry : folder.list(n)) {
      assertThat(entry.size()).isEqualTo(2);
      assertThat(folder.identify(entry).size()).isEqualTo(2);
      assertThat(folder.find("n/" + entry.name())).contains(entry);
      assertThat(entry.location()).isEqualTo(URI.create(entry.location()).toString());
    }
    assertThat(names(folder.glob("n/\\[x\\]"))).containsExactly("[x]");
    assertThat(names(folder.glob("n/new?line"))).containsExactly("new\nline");
  }

  @Test
  default void bothDigestsAndTheSizeAreRight() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    OutputFolder folder = bench().outputs(bench().shell("printf hello > f; : > empty"));
    assertThat(folder.identify(folder.find("f").orElseThrow()))
        .isEqualTo(
            new OutputFolder.Identity(
                "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d",
                "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
                5));
    assertThat(folder.identify(folder.find("empty").orElseThrow()).sha1())
        .isEqualTo("da39a3ee5e6b4b0d3255bfef95601890afd80709");
  }

  @Test
  default void readingStopsAtTheLimit() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    OutputFolder folder = bench().outputs(bench().shell("printf 0123456789 > f"));
    Entry f = folder.find("f").orElseThrow();
    assertThat(folder.read(f, 4)).hasSize(4);
    assertThat(folder.read(f, 100)).hasSize(10);
    assertThat(f.size()).isEqualTo(10);
  }

  @Test
  default void aLinkToAnInputStandsForItsSource() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    Path source = Files.writeString(bench().scratch().resolve("source.txt"), "from outside");
    TaskBuilder task =
        bench().shell("ln -s \"$IN\" link; mkdir d; ln -s \"$IN\" d/inner").link(source, "in.txt");
    task.environment("IN", task.layout().inputs() + "/in.txt");
    OutputFolder folder = bench().outputs(task);
    Entry link = folder.find("link").orElseThrow();
    assertThat(link.name()).isEqualTo("link");
    assertThat(Path.of(URI.create(link.location())).toRealPath()).isEqualTo(source.toRealPath());
    assertThat(folder.identify(link).size()).isEqualTo("from outside".length());
    Entry inner = folder.list(folder.find("d").orElseThrow()).get(0);
    assertThat(Path.of(URI.create(inner.location())).toRealPath()).isEqualTo(source.toRealPath());
  }

  @Test
  default void anInputStagedIntoTheWorkingFolderIsAnOutputToo() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    Path source = Files.writeString(bench().scratch().resolve("staged.txt"), "staged");
    TaskBuilder task = bench().task("true");
    task.stage(
        new io.twinflow.executors.api.Staging.Link(
            source.toUri(), task.layout().outdir() + "/sub/here", false));
    OutputFolder folder = bench().outputs(task);
    Entry here = folder.glob("sub/*").get(0);
    assertThat(here.name()).isEqualTo("here");
    assertThat(here.size()).isEqualTo(6);
    assertThat(folder.read(here, 100)).asString().isEqualTo("staged");
  }

  @Test
  default void linksInsideTheFolderAreFollowed() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    OutputFolder folder =
        bench().outputs(bench().shell("mkdir d; echo x > d/f; ln -s d/f l; ln -s \"$PWD/d\" m"));
    assertThat(folder.read(folder.find("l").orElseThrow(), 9)).asString().isEqualTo("x\n");
    assertThat(names(folder.list(folder.find("m").orElseThrow()))).containsExactly("f");
    assertThat(names(folder.glob("m/*"))).containsExactly("f");
  }

  @Test
  default void whatLeadsOutOfTheFolderIsRefused() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    OutputFolder folder =
        bench()
            .outputs(
                bench()
                    .shell(
                        "ln -s /etc/passwd out; ln -s /etc outdir; ln -s ../../.. up; ln -s nowhere dangling"));
    for (String path : List.of("out", "outdir", "up", "outdir/passwd", "/etc/passwd", "../x")) {
      assertThatThrownBy(() -> folder.find(path)).as(path).isInstanceOf(EscapeException.class);
    }
    for (String glob : List.of("o*", "outdir/*", "../*", "/etc/*", "d/../../x")) {
      assertThatThrownBy(() -> folder.glob(glob)).as(glob).isInstanceOf(EscapeException.class);
    }
    assertThatThrownBy(() -> folder.find("dangling"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("dangling");
  }

  @Test
  default void outputsStayUntilTheRunGoesAndTemporaryThingsGoAtRelease() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskBuilder task = bench().shell("echo kept > f; echo log; echo t > \"$TMPDIR\"/t");
    OutputFolder folder = bench().outputs(task);
    bench().executor().release(List.of(task.build().attempt()));
    assertThat(Bench.text(folder, "f")).isEqualTo("kept\n");
    assertThat(bench().log(task.build().attempt(), io.twinflow.executors.api.LogStream.STDOUT))
        .isEqualTo("log\n");
  }
}
