package io.twinflow.workflowdefs.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every expression of the conformance suite parses. */
class ConformanceExpressionsTest {

  /** Its tool passes a YAML file to a program of its own; it is no CWL. */
  private static final List<String> NO_PROCESS = List.of("conformance_tests.yaml");

  @Test
  void the_expressions_of_the_suite_parse() throws IOException {
    Path suite = suite();
    List<ExpressionText> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(suite)) {
      for (Path file : files.filter(ConformanceExpressionsTest::isDocument).sorted().toList()) {
        collect(load(file), file.getFileName().toString(), texts);
      }
    }
    List<Problem> problems = new ArrayList<>();
    for (ExpressionText text : texts) {
      problems.addAll(ExpressionSyntax.problems(text, true, List.of()));
    }

    assertThat(texts).hasSizeGreaterThan(250);
    assertThat(problems).isEmpty();
  }

  private static Path suite() {
    String configured = System.getenv("TWINFLOW_SHARED");
    Path shared = configured == null ? Path.of("..", "..", "shared") : Path.of(configured);
    Path suite = shared.resolve("cwl").resolve("v1.2");
    boolean present = Files.isDirectory(suite);
    assertThat(present || !Objects.equals(System.getenv("CI"), "true"))
        .as("with CI=true the conformance suite must be there: %s", suite.toAbsolutePath())
        .isTrue();
    assumeTrue(present, "no conformance suite; set TWINFLOW_SHARED to the folder that holds cwl/");
    return suite;
  }

  private static boolean isDocument(Path file) {
    String name = file.getFileName().toString();
    return name.matches(".*\\.(cwl|yml)") && !NO_PROCESS.contains(name);
  }

  private static Object load(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      List<Object> documents = new ArrayList<>();
      new Load(LoadSettings.builder().setAllowDuplicateKeys(true).build())
          .loadAllFromInputStream(in)
          .forEach(documents::add);
      return documents;
    }
  }

  private static void collect(Object node, String file, List<ExpressionText> texts) {
    switch (node) {
      case List<?> list -> list.forEach(item -> collect(item, file, texts));
      case java.util.Map<?, ?> map ->
          map.forEach((key, value) -> {
            // Documentation may speak of expressions.
            if (!Objects.equals(key, "doc") && !Objects.equals(key, "expressionLib")) {
              collect(value, file, texts);
            }
          });
      case String text -> {
        ExpressionText expression = new ExpressionText(text, Position.startOf(file));
        if (expression.needsEvaluation()) {
          texts.add(expression);
        }
      }
      case null, default -> {
        // Numbers, booleans and nothing hold no expressions.
      }
    }
  }
}
