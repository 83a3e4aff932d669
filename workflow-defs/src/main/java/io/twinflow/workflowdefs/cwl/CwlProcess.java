package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.source.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process: a tool, an expression, a workflow, or the promise of one. */
public sealed interface CwlProcess permits CommandLineTool, ExpressionTool, Workflow, Operation {

  /** What every kind of process has. */
  Header header();

  List<InputParameter> inputs();

  /** The names and types of the outputs, whatever the kind of process. */
  List<OutputParameter> outputs();

  /**
   * @param id the absolute id: source and fragment
   * @param name a short name for people: the fragment, or the file's name without its extension
   * @param cwlVersion the version the document was written in ({@code v1.0} …); the records have
   *     the meaning of v1.2 whatever it says
   * @param intent IRIs
   */
  record Header(
      String id,
      String name,
      @Nullable String label,
      @Nullable String doc,
      String cwlVersion,
      List<String> intent,
      Requirements requirements,
      Position position) {
    public Header {
      intent = List.copyOf(intent);
    }
  }
}
