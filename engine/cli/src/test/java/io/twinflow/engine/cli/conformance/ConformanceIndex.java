package io.twinflow.engine.cli.conformance;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.NodeReader;
import io.twinflow.workflowdefs.source.ReadLimits;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the index of a suite, of any version, with the indexes it imports. */
final class ConformanceIndex {

  private ConformanceIndex() {}

  /**
   * @param suite a folder with an index, or the index
   */
  static List<ConformanceCase> read(Path suite) throws IOException, InvalidDefinitionException {
    List<ConformanceCase> cases = new ArrayList<>();
    readInto(Files.isDirectory(suite) ? indexIn(suite) : suite, cases);
    return cases;
  }

  private static Path indexIn(Path folder) throws IOException {
    for (String name :
        List.of(
            "conformance_tests.yaml",
            "conformance_test_v1.1.yaml",
            "conformance_test_v1.0.yaml",
            "v1.0/conformance_test_v1.0.yaml")) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    throw new IOException(folder + " holds no index of conformance tests");
  }

  private static void readInto(Path index, List<ConformanceCase> cases)
      throws IOException, InvalidDefinitionException {
    Node root = NodeReader.read(Files.readAllBytes(index), index.toString(), ReadLimits.DEFAULT);
    for (Node item : ((ListNode) root).items()) {
      MapNode map = (MapNode) item;
      String imported = map.string("$import");
      if (imported != null) {
        readInto(index.resolveSibling(imported), cases);
      } else {
        cases.add(read(map, index, cases.size()));
      }
    }
  }

  /** An expected output can stand in a file of its own. */
  private static @Nullable Node output(@Nullable Node output, Path index)
      throws IOException, InvalidDefinitionException {
    if (!(output instanceof MapNode map) || map.string("$import") == null) {
      return output;
    }
    Path file = index.resolveSibling(map.string("$import"));
    return NodeReader.read(Files.readAllBytes(file), file.toString(), ReadLimits.DEFAULT);
  }

  private static ConformanceCase read(MapNode map, Path index, int number)
      throws IOException, InvalidDefinitionException {
    String id = text(map.get("id"));
    String label = text(map.get("label"));
    String doc = text(map.get("doc"));
    String name = id != null ? id : label != null ? label : "test-" + (number + 1);
    Path folder = index.toAbsolutePath().getParent();
    return new ConformanceCase(
        name.replaceFirst("^.*#", ""),
        doc == null ? "" : doc.strip(),
        folder == null ? index : folder,
        String.valueOf(text(map.get("tool"))),
        text(map.get("job")),
        output(map.get("output"), index),
        map.get("should_fail") instanceof ScalarNode fail && fail.isTrue());
  }

  private static @Nullable String text(@Nullable Node node) {
    return node instanceof ScalarNode scalar ? scalar.text() : null;
  }
}
