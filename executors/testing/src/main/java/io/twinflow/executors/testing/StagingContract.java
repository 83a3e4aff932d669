package io.twinflow.executors.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Inputs are where the tool was told they are. */
interface StagingContract extends Contract {

  private Path file(String name, String text) throws Exception {
    Path file = bench().scratch().resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  default void filesAreReadUnderTheNamesTheyWereGiven() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskBuilder task = bench().shell("cat \"$A\" \"$B\"").stdout("all");
    task.link(file("a.txt", "1"), "deep/x y'ü.txt").link(file("b.txt", "2"), "b");
    task.environment("A", task.layout().inputs() + "/deep/x y'ü.txt");
    task.environment("B", task.layout().inputs() + "/b");
    assertThat(bench().output(task, "all")).isEqualTo("12");
  }

  /** As a script finds the modules that are its secondary files. */
  @Test
  default void filesThatBelongTogetherReallyLieTogether() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskBuilder task =
        bench().shell("cat \"$(dirname \"$(readlink -f \"$A\")\")/module\"").stdout("o");
    task.link(file("both/script", "1"), "1/script").link(file("both/module", "2"), "1/module");
    task.environment("A", task.layout().inputs() + "/1/script");
    assertThat(bench().output(task, "o")).isEqualTo("2");
  }

  @Test
  default void foldersAreReadWithAllThatIsInThem() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    file("folder/sub/a", "deep");
    TaskBuilder task = bench().shell("cat \"$D\"/sub/a").stdout("out");
    task.linkFolder(bench().scratch().resolve("folder"), "d");
    task.environment("D", task.layout().inputs() + "/d");
    assertThat(bench().output(task, "out")).isEqualTo("deep");
  }

  @Test
  default void literalFilesAndFoldersAreMadeInOrder() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskBuilder task = bench().shell("cat made/in/text; ls -A made/empty | wc -l").stdout("o");
    String made = task.layout().outdir() + "/made";
    task.stage(new Staging.MakeDirectory(made, true));
    task.stage(new Staging.MakeDirectory(made + "/empty", true));
    task.stage(new Staging.WriteText("literal ü\n", made + "/in/text", false));
    task.stage(new Staging.Link(file("late.txt", "late").toUri(), made + "/in/linked", false));
    assertThat(bench().output(task, "o")).isEqualTo("literal ü\n0\n");
  }

  @Test
  default void aLaterEntryMayLieBelowALinkedFolderWithoutChangingTheSource() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    file("source/one", "1");
    Path source = bench().scratch().resolve("source");
    TaskBuilder task = bench().shell("cat d/one d/two").stdout("o");
    String d = task.layout().outdir() + "/d";
    task.stage(new Staging.Link(source.toUri(), d, true));
    task.stage(new Staging.WriteText("2", d + "/two", false));
    assertThat(bench().output(task, "o")).isEqualTo("12");
    assertThat(source).isDirectoryNotContaining(p -> p.endsWith("two"));
  }

  @Test
  default void aCopyIsWritableAndLeavesItsSourceAlone() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    Path source = file("original", "old");
    file("tree/leaf", "old leaf");
    Files.setPosixFilePermissions(
        source, java.nio.file.attribute.PosixFilePermissions.fromString("r--r--r--"));
    TaskBuilder task =
        bench().shell("echo new > c && echo new > t/leaf && touch t/more && cat c t/leaf");
    task.stage(new Staging.Copy(source.toUri(), task.layout().outdir() + "/c", false));
    task.stage(
        new Staging.Copy(
            bench().scratch().resolve("tree").toUri(), task.layout().outdir() + "/t", true));
    assertThat(bench().output(task.stdout("o"), "o")).isEqualTo("new\nnew\n");
    assertThat(source).hasContent("old");
    assertThat(bench().scratch().resolve("tree/leaf")).hasContent("old leaf");
  }

  @Test
  default void aThingStagedInPlaceIsChangedItself() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    Path source = file("inplace", "old");
    TaskBuilder task = bench().shell("printf new > thing");
    task.stage(new Staging.InPlace(source.toUri(), task.layout().outdir() + "/thing", false));
    if (!bench().offers(Feature.CHANGES_IN_PLACE)) {
      Outcome.Failed failed = bench().failure(task);
      assertThat(failed.kind()).isEqualTo(FailureKind.USER);
      assertThat(failed.reason()).contains("inplace");
      assertThat(source).hasContent("old");
      return;
    }
    assertThat(bench().exitCode(task)).isZero();
    assertThat(source).hasContent("new");
  }

  @Test
  default void aToolThatWritesToAnInputFailsAndTheInputIsNamed() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    Path source = file("precious", "old");
    TaskBuilder task = bench().shell("printf spoilt > \"$IN\"").link(source, "p");
    task.environment("IN", task.layout().inputs() + "/p");
    TaskSpec spec = task.build();
    Outcome outcome = bench().run(spec).outcome();
    if (bench().offers(Feature.ENFORCES_READ_ONLY_INPUTS)) {
      assertThat(outcome).isNotEqualTo(new Outcome.Exited(0));
      assertThat(source).hasContent("old");
    } else {
      assertThat(source).hasContent("spoilt");
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              f -> {
                assertThat(f.kind()).isIn(FailureKind.USER, FailureKind.TASK);
                assertThat(f.reason()).contains("precious");
              });
    }
  }

  @Test
  default void aRedirectedStreamNeverWritesThroughAStagedLink() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    Path source = file("kept", "old");
    TaskBuilder task = bench().shell("echo new").stdout("name");
    task.stage(new Staging.Link(source.toUri(), task.layout().outdir() + "/name", false));
    bench().run(task);
    assertThat(source).hasContent("old");
  }

  @Test
  default void anInputThatIsNotThereIsTheUsersErrorAndIsNamed() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    Path missing = bench().scratch().resolve("missing.dat");
    Outcome.Failed failed = bench().failure(bench().task("true").link(missing, "m"));
    assertThat(failed.kind()).isEqualTo(FailureKind.USER);
    assertThat(failed.reason()).contains("missing.dat");
  }

  @Test
  default void inputsGoAnywhereOnlyWhereTheMachineIsTheAttemptsOwn() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    Path source = file("any", "any");
    TaskBuilder task = bench().shell("cat /twinflow-contract/any /twinflow-contract/text");
    task.stage(new Staging.Link(source.toUri(), "/twinflow-contract/any", false));
    task.stage(new Staging.WriteText("!", "/twinflow-contract/text", false));
    TaskSpec spec = task.build();
    Outcome outcome = bench().run(spec).outcome();
    if (bench().offers(Feature.STAGES_ANYWHERE)) {
      assertThat(outcome).isEqualTo(new Outcome.Exited(0));
      assertThat(bench().log(spec.attempt(), LogStream.STDOUT)).isEqualTo("any!");
    } else {
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Failed.class, f -> assertThat(f.reason()).contains("/twinflow-contract/any"));
      assertThat(Path.of("/twinflow-contract")).doesNotExist();
    }
  }

  @Test
  default void theSizeOfWhatIsNeededOnDiskIsCheckedFirst() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    Outcome.Failed failed = bench().failure(bench().task("true").outdirMiB(1L << 40));
    assertThat(failed.kind()).isEqualTo(FailureKind.RESOURCES);
    assertThat(failed.reason()).contains(Long.toString(1L << 40));
  }
}
