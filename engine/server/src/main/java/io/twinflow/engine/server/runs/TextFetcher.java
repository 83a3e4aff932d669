package io.twinflow.engine.server.runs;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ReadLimits;
import io.twinflow.workflowdefs.source.SourceFetcher;
import java.nio.charset.StandardCharsets;

/** Reads one document from memory, and others as they are read otherwise. */
record TextFetcher(String iri, String text, SourceFetcher others) implements SourceFetcher {

  @Override
  public byte[] fetch(String wanted, String display, ReadLimits limits)
      throws InvalidDefinitionException {
    if (!wanted.equals(iri)) {
      return others.fetch(wanted, display, limits);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > limits.maxBytes()) {
      throw new InvalidDefinitionException(
          Problem.error(
              Position.startOf(display),
              "it is larger than the bound of %d bytes.".formatted(limits.maxBytes())));
    }
    return bytes;
  }
}
