package io.twinflow.engine.server.runs;

import io.twinflow.engine.dmn.Decision;
import io.twinflow.engine.dmn.DmnDocument;
import io.twinflow.engine.dmn.DmnReader;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import java.nio.charset.StandardCharsets;

/**
 * A document in DMN that this server decides by.
 *
 * @param text its bytes, which are UTF-8
 */
public record ServedDecision(DmnDocument document, String text) implements ServedDocument {

  private static final int LONGEST_NAME = 200;

  /**
   * @param source the name for messages
   * @throws InvalidDefinitionException with everything that is wrong, or not evaluated here
   */
  static ServedDecision read(String source, byte[] bytes) throws InvalidDefinitionException {
    String text = ServedDocument.utf8(source, bytes);
    return new ServedDecision(DmnReader.read(source, bytes), text);
  }

  /** One that was kept. */
  static ServedDecision kept(String name, String text) throws InvalidDefinitionException {
    return read(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** What it is found by if nobody gives it a name. */
  String name() {
    Decision main = document.main();
    boolean named = !main.name().isBlank() && main.name().length() <= LONGEST_NAME;
    return named ? main.name() : document.digest();
  }

  /** A table is no work that takes its time, and has no run of its own. */
  static InvalidDefinitionException notRun(String name) {
    return new InvalidDefinitionException(
        Problem.error(
            Position.startOf(name),
            "expected a workflow or a process, found a decision in DMN, of which there are no runs. Ask it with POST /api/v1/workflows/NAME/decide, from a process with tw:decide, or from a trigger with decide:."));
  }
}
