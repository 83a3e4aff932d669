package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.engine.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workflow whose steps cannot run where they go, and what people read of them. */
final class WordsTrial {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Path folder;
  private final StringBuilder sites = new StringBuilder("sites:\n");
  private final StringBuilder steps = new StringBuilder();
  private final Map<String, String> words = new LinkedHashMap<>();

  WordsTrial(Path folder) {
    this.folder = folder;
  }

  /**
   * A site and a step that goes there; both have this name.
   *
   * @param site its lines in the configuration; it gets a folder of its own
   * @param requirements of the tool, as in {@code ResourceRequirement: {ramMin: 1}}
   * @param told what a person reads of it
   */
  WordsTrial step(String name, String site, String requirements, String told) {
    return step(name, folder.resolve("shared").resolve(name), site, requirements, told);
  }

  /** The same where the site's folder is on a share that is not mounted. */
  WordsTrial stepWithoutShare(String name, String site) {
    Path unmounted = folder.resolve("unmounted").resolve(name).resolve("twinflow");
    return step(
        name,
        unmounted,
        site,
        "",
        "%s cannot be used: %s, where it belongs, does not exist here; is the share mounted?"
            .formatted(unmounted, unmounted.getParent()));
  }

  private WordsTrial step(String name, Path shared, String site, String requirements, String told) {
    sites.append(
        "  %s:\n    use: asked\n    folder: %s\n%s".formatted(name, shared, site.indent(4)));
    steps.append(
        """
          %s:
            in: []
            out: []
            run:
              class: CommandLineTool
              baseCommand: [touch, %s]
              requirements: {%s}
              inputs: []
              outputs: []
        """
            .formatted(name, folder.resolve(name + ".ran"), requirements));
    words.put(name, told);
    return this;
  }

  private String[] write() throws Exception {
    Files.createDirectories(folder.resolve("shared"));
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/twinflow.yaml"), sites);
    Files.writeString(
        folder.resolve("w.cwl"),
        "cwlVersion: v1.2\nclass: Workflow\ninputs: []\noutputs: []\nsteps:\n" + steps);
    List<String> command = new ArrayList<>(List.of("run", "--on-error", "continue"));
    words.keySet().forEach(name -> command.addAll(List.of("--site", name + "=" + name)));
    command.add("w.cwl");
    return command.toArray(String[]::new);
  }

  private void neverRan() {
    assertThat(folder.resolve("unmounted")).doesNotExist();
    assertThat(words.keySet())
        .allSatisfy(name -> assertThat(folder.resolve(name + ".ran")).doesNotExist());
  }

  /** All steps fail, and each says why. */
  void failInTheirWords() throws Exception {
    CommandRun run = CommandRun.in(folder).call(write());
    assertThat(run.code()).as(run.err()).isEqualTo(Trial.FAILURE);
    assertThat(run.err()).doesNotContain("\tat ", "Exception", "a defect of Twinflow");
    String shown = CommandRun.in(folder).call("show", "latest").out();
    words.forEach((name, told) -> {
      assertThat(run.err()).contains("/" + name + ": failed").contains(told);
      assertThat(shown).contains(told);
      assertThat(CommandRun.in(folder).call("show", "latest", name).out()).contains(told);
    });
    neverRan();
  }

  /** All steps wait, and it is said for what: where they run and at another terminal. */
  void waitInTheirWords() throws Exception {
    ChildTwinflow child = ChildTwinflow.start(folder, List.of(), write());
    try {
      await()
          .atMost(PATIENCE)
          .failFast(() -> assertThat(child.isAlive()).as(read(child)).isTrue())
          .untilAsserted(() -> assertThat(child.err()).contains(words.values()));
      assertThat(child.err()).doesNotContain("\tat ", "Exception");
      String shown = CommandRun.in(folder).call("show", "latest").out();
      assertThat(shown.substring(shown.indexOf("waiting:"))).contains(words.values());
    } finally {
      child.killAtOnce();
    }
    neverRan();
  }

  private static String read(ChildTwinflow child) {
    try {
      return child.err();
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
