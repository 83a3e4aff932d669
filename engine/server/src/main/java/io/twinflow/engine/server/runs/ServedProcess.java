package io.twinflow.engine.server.runs;

import io.twinflow.workflowdefs.bpmn.BpmnDocument;
import io.twinflow.workflowdefs.bpmn.BpmnProcess;
import io.twinflow.workflowdefs.bpmn.FormInputs;
import io.twinflow.workflowdefs.bpmn.load.BpmnReader;
import io.twinflow.workflowdefs.cwl.Operation;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.nio.charset.StandardCharsets;

/**
 * A document in BPMN that this server runs.
 *
 * @param text its bytes, which are UTF-8
 * @param main the process that a run is of
 */
public record ServedProcess(BpmnDocument document, String text, BpmnProcess main)
    implements ServedDocument {

  /**
   * @param source the name for messages
   * @throws InvalidDefinitionException with everything that is wrong, or not run here
   */
  public static ServedProcess read(String source, byte[] bytes) throws InvalidDefinitionException {
    String text = ServedDocument.utf8(source, bytes);
    BpmnDocument document = BpmnReader.read(source, bytes);
    return new ServedProcess(document, text, CheckServed.main(document));
  }

  /** One that was kept. */
  static ServedProcess kept(String name, String text) throws InvalidDefinitionException {
    return read(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Its start form, as inputs. */
  public Operation inputs() {
    return FormInputs.of(main.id(), main.inputs(), main.position());
  }
}
