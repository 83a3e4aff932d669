package io.twinflow.engine.server.runs;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A document in XML that this server keeps: a process, or tables that decide. */
public sealed interface ServedDocument permits ServedProcess, ServedDecision {

  /** Its bytes, which are UTF-8. */
  String text();

  /**
   * @param source the name for messages; an ending that says CWL is put right
   * @throws InvalidDefinitionException with everything that is wrong, or not done here
   */
  static ServedDocument read(String source, byte[] bytes) throws InvalidDefinitionException {
    boolean decides = XmlRoot.isDmn(new ByteArrayInputStream(bytes));
    String named = source.replaceFirst("\\.cwl$", decides ? ".dmn" : ".bpmn");
    return decides ? ServedDecision.read(named, bytes) : ServedProcess.read(named, bytes);
  }

  /** What is kept is kept as text. */
  static String utf8(String source, byte[] bytes) throws InvalidDefinitionException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidDefinitionException(
          Problem.error(
              Position.startOf(source), "this is not UTF-8; save the document in UTF-8."));
    }
  }
}
