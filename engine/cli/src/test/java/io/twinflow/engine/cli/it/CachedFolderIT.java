package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that the call cache knows is used only while it is what the tool made. */
class CachedFolderIT {

  @TempDir private Path folder;

  @BeforeEach
  void writeTool() throws IOException {
    Tools.shell(
        folder.resolve("make.cwl"),
        "mkdir -p made/deep; echo original > made/deep/x; echo ran >> \"%s\""
            .formatted(folder.resolve("trace")),
        "inputs: []\noutputs: {made: {type: Directory, outputBinding: {glob: made}}}");
  }

  private void makes(String outdir) throws IOException {
    CommandRun run = CommandRun.in(folder).call("run", "--outdir", outdir, "make.cwl");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(folder.resolve(outdir).resolve("made/deep/x")).hasContent("original");
  }

  private int toolRuns() throws IOException {
    return Files.readAllLines(folder.resolve("trace")).size();
  }

  private Path kept() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("home/runs"))) {
      return all.filter(path -> path.endsWith("made/deep/x")).findFirst().orElseThrow();
    }
  }

  @Test
  void isTakenAsLongAsItIsUntouched() throws IOException {
    makes("one");
    makes("two");
    assertThat(toolRuns()).isEqualTo(1);
  }

  @Test
  void isMadeAgainWhenSomethingInItWasChanged() throws IOException {
    makes("one");
    Files.writeString(kept(), "damaged!");
    makes("two");
    assertThat(toolRuns()).isEqualTo(2);
  }

  @Test
  void isMadeAgainWhenItsRunWasRemoved() throws IOException {
    makes("one");
    assertThat(CommandRun.in(folder).call("runs", "--delete", "latest").code()).isZero();
    makes("two");
    assertThat(toolRuns()).isEqualTo(2);
  }
}
