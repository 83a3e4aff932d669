package io.twinflow.engine.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.LoadOptions;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Pictures show each step and each link once, whatever the names. */
class GraphTest {

  private static final String WORKFLOW =
      """
      cwlVersion: v1.2
      class: Workflow
      requirements: {ScatterFeatureRequirement: {}, SubworkflowFeatureRequirement: {}, InlineJavascriptRequirement: {}}
      inputs: {days: "int[]", "odd<name>&\\"quoted\\"": string}
      outputs:
        warnings: {type: "int[]", outputSource: judge/o}
      steps:
        clean: {in: {x: days}, out: [o], run: {class: ExpressionTool, inputs: {x: "int[]"}, outputs: {o: "int[]"}, expression: "$(inputs)"}}
        judge:
          scatter: x
          in: {x: clean/o, name: "odd<name>&\\"quoted\\""}
          out: [o]
          when: $(inputs.x > 1)
          run:
            class: Workflow
            inputs: {x: int, name: string}
            outputs: {o: {type: int, outputSource: inside/o}}
            steps:
              inside: {in: {x: x}, out: [o], run: {class: CommandLineTool, baseCommand: "true", inputs: {x: int}, outputs: {o: {type: int, outputBinding: {outputEval: "$(1)"}}}}}
      """;

  @TempDir private Path folder;

  private Graph read(String text) throws Exception {
    Path file = folder.resolve("w.cwl");
    Files.writeString(file, text);
    return ReadGraph.of(CwlLoader.load(file.toString(), LoadOptions.defaults()).process());
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> labels(Document svg) {
    NodeList texts = svg.getElementsByTagName("text");
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < texts.getLength(); i++) {
      labels.add(((Element) texts.item(i)).getTextContent().strip());
    }
    return labels;
  }

  @Test
  void svgIsWellFormedAndHasEachStepAndLinkOnce() throws Exception {
    Document svg = parsed(Svg.draw(read(WORKFLOW)));

    assertThat(labels(svg))
        .containsOnlyOnce("clean", "judge", "inside", "odd<name>&\"quoted\"", "warnings")
        .containsOnlyOnce("scatter", "when");
    NodeList paths = svg.getElementsByTagName("path");
    int edges = 0;
    for (int i = 0; i < paths.getLength(); i++) {
      edges += ((Element) paths.item(i)).getAttribute("class").equals("edge") ? 1 : 0;
    }
    // days-clean, clean-judge, odd-judge, judge-warnings; inside: x-inside, inside-o.
    assertThat(edges).isEqualTo(6);
  }

  @Test
  void dotHasEachStepAndLinkOnce() throws Exception {
    String dot = Dot.write(read(WORKFLOW));

    assertThat(Pattern.compile(" -> ").splitAsStream(dot)).hasSize(7);
    assertThat(dot)
        .startsWith("digraph ")
        .containsOnlyOnce("label=\"inside")
        .containsOnlyOnce("subgraph cluster_n_s1 {")
        .containsOnlyOnce("odd<name>&\\\"quoted\\\"");
    assertThat(dot.chars().filter(c -> c == '{')).hasSameSizeAs(closing(dot));
  }

  private static List<Integer> closing(String text) {
    return text.chars().filter(c -> c == '}').boxed().toList();
  }

  @Test
  void mermaidHasEachStepAndLinkOnce() throws Exception {
    String mermaid = Mermaid.write(read(WORKFLOW));

    assertThat(Pattern.compile(" --> ").splitAsStream(mermaid)).hasSize(7);
    assertThat(mermaid)
        .startsWith("flowchart TD\n")
        .containsOnlyOnce("[\"inside")
        .containsOnlyOnce("subgraph n_s1[")
        .contains("#quot;quoted#quot;");
  }

  @Test
  void boxesOfALayerNeverOverlapHoweverLongTheirNames() throws Exception {
    Graph graph = read(many(60, "a_step_with_a_name_that_nobody_would_call_short_", 3));
    NodeList rects = parsed(Svg.draw(graph)).getElementsByTagName("rect");
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < rects.getLength(); i++) {
      Element rect = (Element) rects.item(i);
      if (rect.hasAttribute("class")) {
        boxes.add(
            new Box(
                Double.parseDouble(rect.getAttribute("x")),
                Double.parseDouble(rect.getAttribute("y")),
                Double.parseDouble(rect.getAttribute("width")),
                Double.parseDouble(rect.getAttribute("height"))));
      }
    }

    assertThat(boxes).hasSizeGreaterThan(60);
    for (Box one : boxes) {
      assertThat(boxes.stream().filter(other -> other != one && overlap(one, other))).isEmpty();
    }
  }

  private static boolean overlap(Box one, Box other) {
    return one.x() < other.x() + other.width()
        && other.x() < one.x() + one.width()
        && one.y() < other.bottom()
        && other.y() < one.bottom();
  }

  @Test
  void twoHundredStepsAreDrawnInUnderASecond() throws Exception {
    Graph graph = read(many(200, "step_", 5));
    String svg = "";
    long best = Long.MAX_VALUE;
    // The best of some, because the machine may have other things to do.
    for (int i = 0; i < 5; i++) {
      long began = System.nanoTime();
      svg = Svg.draw(graph);
      best = Math.min(best, System.nanoTime() - began);
    }

    assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofSeconds(1));
    Set<String> labels = new HashSet<>(labels(parsed(svg)));
    for (int i = 0; i < 200; i++) {
      assertThat(labels).contains("step_" + i);
    }
  }

  /** Steps that each need up to {@code needs} of those before them. */
  private static String many(int steps, String name, int needs) {
    StringBuilder text =
        new StringBuilder(
            "cwlVersion: v1.2\nclass: Workflow\n"
                + "requirements: {MultipleInputFeatureRequirement: {}}\n"
                + "inputs: {d: int}\noutputs: []\nsteps:\n");
    for (int i = 0; i < steps; i++) {
      text.append("  ").append(name).append(i).append(": {in: {x: {source: [d");
      for (int need = 1; need <= needs; need++) {
        int from = i - need * need;
        if (from >= 0) {
          text.append(", ").append(name).append(from).append("/o");
        }
      }
      text.append("]}}, out: [o], run: ");
      text.append(
          i == 0
              ? "&t {class: CommandLineTool, baseCommand: \"true\", inputs: {x: Any}, outputs: {o: {type: int, outputBinding: {outputEval: \"$(runtime.cores)\"}}}}"
              : "*t");
      text.append("}\n");
    }
    return text.toString();
  }
}
