package io.twinflow.engine.server.runs;

import io.twinflow.engine.dmn.DmnDocument;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documents that were asked last, as they were read: to read one takes longer than to ask it.
 */
final class ReadDecisions {

  private static final int MOST = 50;

  private final Map<String, DmnDocument> documents = new LinkedHashMap<>(MOST, 0.75f, true);

  interface Read {
    DmnDocument read() throws InvalidDefinitionException;
  }

  /**
   * @param version of its content, whoever keeps it
   */
  DmnDocument of(String version, Read read) throws InvalidDefinitionException {
    DmnDocument known = known(version);
    if (known != null) {
      return known;
    }
    DmnDocument fresh = read.read();
    keep(version, fresh);
    return fresh;
  }

  private synchronized @Nullable DmnDocument known(String version) {
    return documents.get(version);
  }

  private synchronized void keep(String version, DmnDocument document) {
    documents.put(version, document);
    if (documents.size() > MOST) {
      documents.remove(documents.keySet().iterator().next());
    }
  }
}
