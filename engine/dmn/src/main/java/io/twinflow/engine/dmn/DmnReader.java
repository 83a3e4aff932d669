package io.twinflow.engine.dmn;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.List;

/** Reads and checks DMN documents. Pure: nothing is fetched and nothing is run. */
public final class DmnReader {

  private static final Decision NONE =
      new Decision(
          "",
          "",
          "",
          List.of(),
          List.of(),
          inputs -> new Decided("", NullValue.NULL, RecordValue.EMPTY, List.of(), true));

  private DmnReader() {}

  /**
   * @param source the name for messages
   * @throws InvalidDefinitionException with everything that is wrong, or not evaluated here
   */
  public static DmnDocument read(String source, byte[] bytes) throws InvalidDefinitionException {
    ProblemLog log = new ProblemLog();
    log.unsupported(
        Position.startOf(source),
        "found a document of %,d bytes; decisions are not read yet.".formatted(bytes.length));
    log.throwIfAny();
    return new DmnDocument(source, "", List.of(), NONE, log.warnings());
  }
}
