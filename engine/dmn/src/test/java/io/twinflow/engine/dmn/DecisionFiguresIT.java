package io.twinflow.engine.dmn;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.value.Value;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a table of 1,000 rules costs, as {@code docs/figures/decisions.md}. */
@Tag("long")
class DecisionFiguresIT {

  private static final int RULES = 1_000;
  private static final int INPUTS = 5;
  private static final int READS = 20;
  private static final int DECISIONS = 500;

  /** All rules have the same cells but for the last; each cell has to be looked at. */
  private static String table(String policy) {
    StringBuilder document = new StringBuilder();
    for (int i = 0; i < INPUTS; i++) {
      document.append(
          "<inputData id=\"i%d\" name=\"in%d\"><variable name=\"in%d\" typeRef=\"number\"/></inputData>\n"
              .formatted(i, i, i));
    }
    document.append("<decision id=\"it\" name=\"it\">\n");
    for (int i = 0; i < INPUTS; i++) {
      document.append(
          "<informationRequirement><requiredInput href=\"#i%d\"/></informationRequirement>\n"
              .formatted(i));
    }
    document.append("<decisionTable hitPolicy=\"%s\">\n".formatted(policy));
    for (int i = 0; i < INPUTS; i++) {
      document.append(
          "<input><inputExpression typeRef=\"number\"><text>in%d</text></inputExpression></input>\n"
              .formatted(i));
    }
    document.append("<output name=\"rule\" typeRef=\"number\"/>\n");
    for (int rule = 1; rule <= RULES; rule++) {
      document.append("<rule>");
      document.append("<inputEntry><text>[0..10]</text></inputEntry>".repeat(INPUTS - 1));
      document.append(
          "<inputEntry><text>%d</text></inputEntry><outputEntry><text>%d</text></outputEntry></rule>\n"
              .formatted(rule, rule));
    }
    return Documents.definitions(document.append("</decisionTable></decision>").toString());
  }

  @Test
  void aTableOfAThousandRules() throws Exception {
    byte[] bytes = table("UNIQUE").getBytes(StandardCharsets.UTF_8);
    long began = System.nanoTime();
    Decision decision = DmnReader.read("a.dmn", bytes).main();
    double first = millisSince(began);
    double read = Double.MAX_VALUE;
    for (int i = 0; i < READS; i++) {
      began = System.nanoTime();
      decision = DmnReader.read("a.dmn", bytes).main();
      read = Math.min(read, millisSince(began));
    }
    double decided = Double.MAX_VALUE;
    Map<String, Value> inputs =
        Documents.inputs("in0", 1, "in1", 2, "in2", 3, "in3", 4, "in4", 777);
    for (int i = 0; i < DECISIONS; i++) {
      began = System.nanoTime();
      Decided result = decision.decide(inputs);
      decided = Math.min(decided, millisSince(began));
      assertThat(result.result()).isEqualTo(Documents.value(777));
    }
    assertThat(1_000 / decided).as("decisions in a second").isGreaterThan(10);
    write(
        String.format(
            Locale.ROOT,
            """
            # What a decision table costs

            Made by `DecisionFiguresIT` (`./verify --long`). A UNIQUE table of %,d rules with %d inputs, %,d bytes; four of
            the five cells of each rule hold, so all are looked at. One thread, the fastest of %d readings and of %,d decisions.

            - %s, Java %s, %d processors, load %.1f

            | what | time |
            |---|---|
            | read and check it, the first time of a JVM | %.0f ms |
            | read and check it | %.1f ms |
            | decide | %.2f ms, %,.0f in a second |
            """,
            RULES,
            INPUTS,
            bytes.length,
            READS,
            DECISIONS,
            System.getProperty("os.arch"),
            System.getProperty("java.version"),
            Runtime.getRuntime().availableProcessors(),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
            first,
            read,
            decided,
            1_000 / decided));
  }

  private static double millisSince(long began) {
    return (System.nanoTime() - began) / 1e6;
  }

  private static void write(String figures) throws IOException {
    String folder = System.getenv("TWINFLOW_FIGURES");
    if (folder != null) {
      Files.writeString(Path.of(folder).resolve("decisions.md"), figures);
    }
    System.getLogger(DecisionFiguresIT.class.getName()).log(Level.INFO, figures);
  }
}
