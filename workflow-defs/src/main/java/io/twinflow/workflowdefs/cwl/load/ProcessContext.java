package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.LoadListing;

/**
 * One process while it is read.
 *
 * @param inner what the processes inside it inherit
 * @param listing the default for its directories
 */
record ProcessContext(
    Reading reading,
    Fields fields,
    CwlVersion version,
    CwlProcess.Header header,
    NamedTypes named,
    Scope inner,
    LoadListing listing) {

  ParameterReader parameters(boolean input) {
    ParameterParts parts = parts(input);
    return new ParameterReader(reading, parts, new TypeReader(reading, parts, named));
  }

  ParameterParts parts(boolean input) {
    return new ParameterParts(reading, version, listing, input);
  }
}
