package io.twinflow.workflowdefs.cwl;

import java.util.List;

/** An abstract process: it can be checked and drawn, and running it is an error. */
public record Operation(Header header, List<InputParameter> inputs, List<OutputParameter> outputs)
    implements CwlProcess {
  public Operation {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
