package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.xml.XmlElement;
import java.util.List;
import java.util.Map;

/** The namespaces that are met in BPMN documents, and what stands in them. */
final class Names {

  static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  static final String TWINFLOW = "https://twinflow.io/bpmn#";

  /** Variables that Twinflow keeps beside those of a process begin so. */
  static final String HIDDEN = "twinflow.";

  /** What documents of other engines say in these would be lost if it were passed over. */
  static final Map<String, String> ENGINES =
      Map.of(
          "http://flowable.org/bpmn", "Flowable",
          "http://activiti.org/bpmn", "Activiti",
          "http://camunda.org/schema/1.0/bpmn", "Camunda",
          "http://camunda.org/schema/zeebe/1.0", "Camunda 8",
          "http://operaton.org/schema/1.0/bpmn", "Operaton");

  private Names() {}

  static boolean isBpmn(XmlElement element) {
    return element.namespace().equals(BPMN);
  }

  static boolean isTwinflow(XmlElement element) {
    return element.namespace().equals(TWINFLOW);
  }

  /** As a person would write it. */
  static String written(XmlElement element) {
    return isTwinflow(element) ? "tw:" + element.name() : element.name();
  }

  /** What Twinflow's own elements say in it. */
  static List<XmlElement> extensions(XmlElement element) {
    return element.children("extensionElements").stream()
        .flatMap(extensions -> extensions.children().stream())
        .filter(Names::isTwinflow)
        .toList();
  }
}
