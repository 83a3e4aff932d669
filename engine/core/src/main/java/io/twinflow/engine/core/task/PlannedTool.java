package io.twinflow.engine.core.task;

import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tool where it stands in a plan.
 *
 * @param requirements what holds for it: its own and those inherited from steps and workflows
 */
public record PlannedTool(
    CommandLineTool tool, Requirements requirements, FormatOntology ontology) {

  /** The expression libraries in force; null if JavaScript is not allowed here. */
  public @Nullable List<String> expressionLib() {
    return requirements
        .find(Requirement.InlineJavascript.class)
        .map(Requirement.InlineJavascript::expressionLib)
        .orElse(null);
  }
}
