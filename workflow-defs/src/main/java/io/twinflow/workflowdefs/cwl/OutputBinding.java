package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.source.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an output is found after the tool has run. */
public record OutputBinding(
    List<ExpressionText> globs,
    boolean loadContents,
    LoadListing loadListing,
    @Nullable ExpressionText outputEval,
    Position source) {
  public OutputBinding {
    globs = List.copyOf(globs);
  }
}
