package io.twinflow.engine.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.NeedsDocker;
import io.twinflow.engine.cli.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The CWL conformance suites, each test by name, in one JVM. {@code -Dtwinflow.conformance.suite}
 * names another suite's folder or index, {@code -Dtwinflow.conformance.only} a pattern of ids. The
 * list of ids that fall short is exact: a failure that is not in it fails the build, and so does an
 * id in it that passes.
 */
class ConformanceIT {

  private static final int AT_ONCE = 2;

  @TestFactory
  Stream<DynamicTest> everyTestOfTheSuitePasses() throws Exception {
    NeedsDocker.inContinuousIntegration();
    Path suite = suite();
    String only = System.getProperty("twinflow.conformance.only", ".*");
    List<ConformanceCase> cases =
        ConformanceIndex.read(suite).stream().filter(test -> test.id().matches(only)).toList();
    Set<String> fallShort = fallShort(suite);
    Path work = Files.createTempDirectory("twinflow-conformance-");
    Map<ConformanceCase, String> results = runAll(cases, new ConformanceRun(work));
    boolean containers = NeedsDocker.isThere();
    report(results, fallShort);
    return results.entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey().id(),
                () -> {
                  if (!containers) {
                    skipForWantOfContainers(entry.getKey(), entry.getValue());
                  }
                  judge(entry.getKey(), entry.getValue(), fallShort);
                }));
  }

  private static Path suite() {
    String given = System.getProperty("twinflow.conformance.suite", "");
    return given.isEmpty() ? SharedData.required("cwl/v1.2") : Path.of(given);
  }

  private static Set<String> fallShort(Path suite) throws IOException {
    String version = suite.toString().replaceFirst(".*(v1\\.[012]).*", "$1");
    try (var in =
        ConformanceIT.class.getResourceAsStream("/conformance-" + version + "-short.txt")) {
      Set<String> ids = new TreeSet<>();
      if (in != null) {
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .forEach(ids::add);
      }
      return ids;
    }
  }

  private static Map<ConformanceCase, String> runAll(
      List<ConformanceCase> cases, ConformanceRun run) throws Exception {
    Map<ConformanceCase, Future<String>> pending = new LinkedHashMap<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
      cases.forEach(test -> pending.put(test, pool.submit(() -> run.problem(test))));
      Map<ConformanceCase, String> results = new LinkedHashMap<>();
      for (Map.Entry<ConformanceCase, Future<String>> entry : pending.entrySet()) {
        results.put(entry.getKey(), entry.getValue().get());
      }
      return results;
    }
  }

  private static void skipForWantOfContainers(ConformanceCase test, String problem) {
    boolean container =
        problem.contains("container") || problem.contains("docker") || problem.contains("podman");
    Assumptions.assumeFalse(container, test.id() + " needs a container engine, and none answers");
  }

  private static void judge(ConformanceCase test, String problem, Set<String> fallShort) {
    if (fallShort.contains(test.id())) {
      assertThat(problem)
          .as("%s passes now: take it off the list of those that fall short", test.id())
          .isNotEmpty();
    } else {
      assertThat(problem).as("%s: %s", test.id(), test.doc()).isEmpty();
    }
  }

  private static void report(Map<ConformanceCase, String> results, Set<String> fallShort)
      throws IOException {
    List<String> lines = new ArrayList<>();
    long passed = results.values().stream().filter(String::isEmpty).count();
    lines.add("passed " + passed + " of " + results.size());
    results.forEach((test, problem) ->
        lines.add(
            (problem.isEmpty() ? "pass  " : "FAIL  ")
                + test.id()
                + (fallShort.contains(test.id()) ? "  (known to fall short)" : "")
                + (problem.isEmpty() ? "" : "\n" + problem.strip().indent(8).stripTrailing())));
    Files.write(Path.of("target", "conformance-report.txt"), lines);
  }
}
