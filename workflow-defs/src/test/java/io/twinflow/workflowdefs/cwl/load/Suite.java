package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.NodeReader;
import io.twinflow.workflowdefs.source.ReadLimits;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The tests of a CWL suite: an index that imports others. */
final class Suite {

  record Test(String id, Path tool, @Nullable Path job, boolean shouldFail) {}

  private Suite() {}

  /** Skips the caller if the shared test data is absent, and fails it under CI. */
  static Path folder() {
    String shared = System.getenv("TWINFLOW_SHARED");
    Path folder =
        (shared == null ? repository().resolveSibling("shared") : Path.of(shared))
            .resolve("cwl/v1.2");
    if (!Files.isDirectory(folder) && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("the CWL suite is not at " + folder);
    }
    Assumptions.assumeTrue(
        Files.isDirectory(folder),
        "the CWL suite is not at " + folder + "; set TWINFLOW_SHARED to where it is");
    return folder;
  }

  static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve("verify"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  static List<Test> tests(Path index) throws Exception {
    List<Test> tests = new ArrayList<>();
    Node root = NodeReader.read(Files.readAllBytes(index), index.toString(), ReadLimits.DEFAULT);
    for (Node item : ((ListNode) root).items()) {
      MapNode test = (MapNode) item;
      if (test.has("$import")) {
        tests.addAll(tests(index.resolveSibling(test.string("$import"))));
      } else {
        String job = test.string("job");
        tests.add(
            new Test(
                String.valueOf(test.string("id")),
                index.resolveSibling(test.string("tool")).normalize(),
                job == null ? null : index.resolveSibling(job).normalize(),
                test.get("should_fail") instanceof ScalarNode fail && fail.isTrue()));
      }
    }
    return tests;
  }
}
