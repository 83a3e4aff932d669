package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.OutputBinding;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import org.jspecify.annotations.Nullable;

/** Outputs without shortcuts or further fields. */
enum PlainOutputs implements ParameterReader.OutputFields {
  INSTANCE;

  @Override
  public @Nullable OutputBinding shortcut(@Nullable Node type, MapNode output) {
    return null;
  }

  @Override
  public void more(Fields fields) {}
}
