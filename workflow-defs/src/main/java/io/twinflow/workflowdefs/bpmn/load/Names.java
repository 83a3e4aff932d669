package io.twinflow.workflowdefs.bpmn.load;

import java.util.Map;

/** The namespaces that are met in BPMN documents. */
final class Names {

  static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  static final String TWINFLOW = "https://twinflow.io/bpmn#";

  /** What documents of other engines say in these would be lost if it were passed over. */
  static final Map<String, String> ENGINES =
      Map.of(
          "http://flowable.org/bpmn", "Flowable",
          "http://activiti.org/bpmn", "Activiti",
          "http://camunda.org/schema/1.0/bpmn", "Camunda",
          "http://camunda.org/schema/zeebe/1.0", "Camunda 8",
          "http://operaton.org/schema/1.0/bpmn", "Operaton");

  private Names() {}
}
