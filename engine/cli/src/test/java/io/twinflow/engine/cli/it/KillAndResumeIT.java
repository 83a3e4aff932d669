package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the engine at random moments and resumes: the outputs are as without the kill, what had
 * finished does not run again, and two copies of a task never run at the same time.
 */
class KillAndResumeIT {

  private static final int TASKS = 6;
  private static final long BOUND_SECONDS = 90;

  private static final String WORKFLOW =
      """
      cwlVersion: v1.2
      class: Workflow
      requirements: {ScatterFeatureRequirement: {}, MultipleInputFeatureRequirement: {}}
      inputs:
        numbers: int[]
        log: string
      outputs:
        all: {type: File, outputSource: join/all}
      steps:
        work:
          scatter: number
          in: {number: numbers, log: log}
          out: [result]
          run:
            class: CommandLineTool
            requirements:
              ResourceRequirement: {coresMin: 0.4, ramMin: 16}
            baseCommand: [sh, -c]
            arguments:
              - |
                for p in `grep "^start $0 " "$1" | cut -d' ' -f3`; do
                  if grep -qs '^State:.[^ZX]' /proc/$p/status; then echo "overlap $0" >> "$1"; fi
                done
                echo "start $0 $$" >> "$1"
                sleep 0.25
                echo "end $0" >> "$1"
                echo result-$0
            inputs:
              number: {type: int, inputBinding: {position: 1}}
              log: {type: string, inputBinding: {position: 2}}
            stdout: result.txt
            outputs: {result: stdout}
        join:
          in: {files: work/result}
          out: [all]
          run:
            class: CommandLineTool
            baseCommand: cat
            inputs: {files: {type: "File[]", inputBinding: {}}}
            stdout: all.txt
            outputs: {all: stdout}
      """;

  @TempDir private Path folder;

  @Test
  void outputsAreAsIfNothingHadHappened() throws Exception {
    rounds(12, 4711);
  }

  @Test
  @Tag("long")
  void outputsAreAsIfNothingHadHappenedManyTimes() throws Exception {
    rounds(200, System.nanoTime());
  }

  private void rounds(int rounds, long seed) throws Exception {
    Random random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      Path work = Files.createDirectory(folder.resolve("round-" + round));
      round(work, random, "seed " + seed + " round " + round);
    }
  }

  private void round(Path work, Random random, String name) throws Exception {
    Files.writeString(work.resolve("w.cwl"), WORKFLOW);
    Path log = Files.createFile(work.resolve("executions.log"));
    Files.writeString(work.resolve("job.yml"), "numbers: [1, 2, 3, 4, 5, 6]\nlog: " + log + "\n");
    ChildTwinflow child =
        ChildTwinflow.start(
            work, List.of(), "run", "--no-cache", "--outdir", "out", "w.cwl", "job.yml");
    int kills = 0;
    for (int kill = 0; kill < 1 + random.nextInt(3); kill++) {
      Thread.sleep(random.nextInt(1800));
      child.killAtOnce();
      kills++;
      Map<String, Long> before = starts(log);
      Set<String> finished = finished(work);
      if (!hasRun(work)) {
        child =
            ChildTwinflow.start(
                work, List.of(), "run", "--no-cache", "--outdir", "out", "w.cwl", "job.yml");
      } else if (isEnded(work)) {
        child = ChildTwinflow.start(work, List.of(), "retry", "latest", "--outdir", "out");
      } else {
        child = ChildTwinflow.start(work, List.of(), "resume", "latest", "--outdir", "out");
      }
      if (kill == 0 || random.nextBoolean()) {
        assertThat(child.await(BOUND_SECONDS)).as("%s: %s", name, child.err()).isZero();
        Map<String, Long> after = starts(log);
        finished.forEach(task ->
            assertThat(after.get(task)).as("%s task %s", name, task).isEqualTo(before.get(task)));
        break;
      }
    }
    if (child.isAlive()) {
      assertThat(child.await(BOUND_SECONDS)).as("%s: %s", name, child.err()).isZero();
    }
    assertThat(work.resolve("out/all.txt"))
        .as(name)
        .hasContent("result-1\nresult-2\nresult-3\nresult-4\nresult-5\nresult-6");
    assertThat(Files.readString(log)).as(name).doesNotContain("overlap");
    int most = kills + 1;
    assertThat(starts(log))
        .as(name)
        .hasSize(TASKS)
        .allSatisfy((task, n) -> assertThat(n).isLessThanOrEqualTo(most));
    assertThat(Leftovers.processes(work)).as(name).isEmpty();
  }

  private static Map<String, Long> starts(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.startsWith("start "))
        .collect(Collectors.groupingBy(line -> line.split(" ", -1)[1], Collectors.counting()));
  }

  /** A run killed before its first event was never made. */
  private static boolean hasRun(Path work) {
    return CommandRun.in(work).call("show", "latest").out().contains("workflow  w ");
  }

  private static boolean isEnded(Path work) {
    return CommandRun.in(work).call("show", "latest").out().contains("succeeded");
  }

  /** The numbers of the tasks that the journal says have finished. */
  private static Set<String> finished(Path work) {
    String text = CommandRun.in(work).call("show", "latest", "work").out();
    Matcher line = Pattern.compile("/work\\[([0-9]+)] +succeeded").matcher(text);
    Set<String> numbers = new HashSet<>();
    while (line.find()) {
      numbers.add(String.valueOf(Integer.parseInt(line.group(1)) + 1));
    }
    return numbers;
  }
}
