package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.BpmnDocument;
import io.twinflow.workflowdefs.bpmn.BpmnProcess;
import io.twinflow.workflowdefs.bpmn.load.NodeReader.Place;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.source.ReadLimits;
import io.twinflow.workflowdefs.xml.UniqueIds;
import io.twinflow.workflowdefs.xml.XmlDocument;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Reads and checks BPMN 2.0 documents. Pure: nothing is fetched and nothing is run. */
public final class BpmnReader {

  private static final ReadLimits LIMITS = new ReadLimits(4L << 20, 64, 200_000);

  private BpmnReader() {}

  /**
   * @param source the name for messages
   * @throws InvalidDefinitionException with everything that is wrong, or not run here
   */
  public static BpmnDocument read(String source, byte[] bytes) throws InvalidDefinitionException {
    XmlElement root = XmlDocument.read(source, bytes, LIMITS);
    ProblemLog log = new ProblemLog();
    List<BpmnProcess> processes = processes(root, log);
    log.throwIfAny();
    Check.document(processes, log);
    log.throwIfAny();
    return new BpmnDocument(source, sha256(bytes), processes, log.warnings());
  }

  private static List<BpmnProcess> processes(XmlElement root, ProblemLog log) {
    if (!Names.isBpmn(root) || !root.name().equals("definitions")) {
      log.error(
          root.position(),
          "expected a BPMN 2.0 document, <definitions xmlns=\"%s\">, found <%s xmlns=\"%s\">."
              .formatted(Names.BPMN, root.name(), root.namespace()));
      return List.of();
    }
    UniqueIds.check(root, log);
    refuseMustUnderstand(root, log);
    List<XmlElement> all = root.children("process");
    List<XmlElement> executable = all.stream().filter(BpmnReader::isExecutable).toList();
    if (executable.isEmpty()) {
      log.error(
          all.isEmpty() ? root.position() : all.getFirst().position(),
          all.isEmpty()
              ? "there is no process in this document."
              : "no process of this document can be executed: write isExecutable=\"true\" at the one that is to be run.");
      return List.of();
    }
    ScopeReader scopes = new ScopeReader(log);
    NodeReader nodes = new NodeReader(log, new Shared(root, log), scopes);
    List<BpmnProcess> processes = new ArrayList<>();
    for (XmlElement element : executable) {
      processes.add(process(element, scopes, nodes, log));
    }
    return processes;
  }

  private static boolean isExecutable(XmlElement process) {
    return Set.of("true", "1").contains(process.attribute("isExecutable"));
  }

  private static BpmnProcess process(
      XmlElement element, ScopeReader scopes, NodeReader nodes, ProblemLog log) {
    Taken taken = new Taken(element, log);
    taken.passOver("isExecutable", "isClosed", "processType", "definitionalCollaborationRef");
    scopes.refuseEngines(element);
    BpmnProcess process =
        new BpmnProcess(
            taken.id(),
            taken.text("name"),
            nodes.form(element),
            scopes.read(element, Place.PROCESS, nodes),
            element.position());
    taken.end();
    return process;
  }

  private static void refuseMustUnderstand(XmlElement root, ProblemLog log) {
    for (XmlElement extension : root.children("extension")) {
      if (Set.of("true", "1").contains(extension.attribute("mustUnderstand"))) {
        log.unsupported(
            extension.position(),
            "the document says that the extension %s must be understood, and it is not known here."
                .formatted(extension.attribute("definition")));
      }
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
