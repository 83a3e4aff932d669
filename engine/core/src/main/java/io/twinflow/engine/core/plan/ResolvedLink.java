package io.twinflow.engine.core.plan;

import io.twinflow.workflowdefs.cwl.Link;
import java.util.List;

/**
 * A link whose steps are indices.
 *
 * @param sources in the order of the link
 */
public record ResolvedLink(Link definition, List<Source> sources) {
  public ResolvedLink {
    sources = List.copyOf(sources);
  }

  /**
   * One end.
   *
   * @param step the index of the step that has the output; -1 for an input of the workflow
   * @param name of the output or input
   */
  public record Source(int step, String name) {
    public static final int WORKFLOW_INPUT = -1;
  }
}
