package io.twinflow.workflowdefs.bpmn.load;

import java.util.Map;

/** What to write instead of what Twinflow does not run. */
final class WayOut {

  private static final String STRANGERS_CODE =
      " would run code of the document's author inside the server. ";
  private static final String SERVICE =
      "Let a service task ask Twinflow: tw:run, tw:tool, tw:decide, tw:mail, tw:webhook or tw:http within its extensionElements.";
  private static final String OWN_CODE =
      STRANGERS_CODE + "Put the code into a tool and run it with tw:run or tw:tool.";

  private static final String TABLE =
      "Keep the table as a document in DMN, and name it: tw:decide within the extensionElements.";

  private static final Map<String, String> ELEMENTS =
      Map.ofEntries(
          Map.entry("scriptTask", "a script" + OWN_CODE),
          Map.entry(
              "task",
              "a task that says nothing about who does it would be passed at once, as if it were done. Make it a userTask or a serviceTask."),
          Map.entry(
              "manualTask",
              "nobody tells the engine that a manual task is done, so it would be passed at once. Make it a userTask, which somebody confirms."),
          Map.entry("sendTask", "a send task has no receiver here. " + SERVICE),
          Map.entry(
              "complexGateway",
              "a complex gateway has no rules that engines agree on. Use an inclusiveGateway with conditions."),
          Map.entry(
              "transaction",
              "a transaction needs partners that can take part in it. Use a subProcess, and undo it with a compensateEventDefinition."),
          Map.entry(
              "adHocSubProcess",
              "what stands in an ad-hoc sub-process has no order. Draw it as a subProcess with an inclusiveGateway."),
          Map.entry(
              "standardLoopCharacteristics",
              "a loop marker has no engine here. Draw the loop with an exclusiveGateway and an arrow back."),
          Map.entry(
              "ioSpecification",
              "data associations are not evaluated. Map values with tw:input and tw:output."),
          Map.entry(
              "potentialOwner",
              "who may do a task is written as tw:candidateUsers=\"…\" and tw:candidateGroups=\"…\" at the userTask."),
          Map.entry(
              "humanPerformer",
              "whose task it is is written as tw:assignee=\"…\" at the userTask."),
          Map.entry(
              "performer", "whose task it is is written as tw:assignee=\"…\" at the userTask."),
          Map.entry(
              "resourceRole",
              "who may do a task is written as tw:candidateUsers=\"…\" and tw:candidateGroups=\"…\" at the userTask."),
          Map.entry(
              "conditionalEventDefinition",
              "variables are not watched. Wait for a message or a signal, and look at the variable at an exclusiveGateway."),
          Map.entry(
              "compensateEventDefinition",
              "nothing starts by compensation. An activity or a whole subProcess is undone by what an association leads to from a boundaryEvent at it."),
          Map.entry("linkEventDefinition", "links only shorten drawings. Draw the sequenceFlow."),
          Map.entry(
              "cancelEventDefinition",
              "only transactions can be cancelled, and they are not run. Use an error or an escalation."),
          Map.entry(
              "eventDefinitionRef",
              "a shared event definition cannot be told from its place. Write the definition within the event."),
          Map.entry(
              "callChoreography", "choreographies tell between organisations and are not run."));

  private static final Map<String, String> ENGINES =
      Map.ofEntries(
          Map.entry("class", "a class" + OWN_CODE),
          Map.entry("delegateExpression", "a delegate" + OWN_CODE),
          Map.entry("expression", "a method call" + OWN_CODE),
          Map.entry("executionListener", "a listener" + OWN_CODE),
          Map.entry("taskListener", "a listener" + OWN_CODE),
          Map.entry("eventListener", "a listener" + OWN_CODE),
          Map.entry("connector", "a connector" + OWN_CODE),
          Map.entry("decisionRef", TABLE),
          Map.entry("decisionTableReferenceKey", TABLE),
          Map.entry("calledDecision", TABLE),
          Map.entry("skipExpression", "Draw the way around with an exclusiveGateway."),
          Map.entry("type", SERVICE),
          Map.entry("topic", "Nobody fetches external tasks here. " + SERVICE),
          Map.entry("taskDefinition", "Nobody fetches external tasks here. " + SERVICE),
          Map.entry("candidateUsers", "Write tw:candidateUsers=\"…\"."),
          Map.entry("candidateGroups", "Write tw:candidateGroups=\"…\"."),
          Map.entry("assignee", "Write tw:assignee=\"…\"."),
          Map.entry("assignmentDefinition", "Write tw:assignee=\"…\" at the userTask."),
          Map.entry("dueDate", "Write tw:due=\"…\", a duration such as PT4H or a date."),
          Map.entry("formKey", "Write the fields in tw:form."),
          Map.entry("formData", "Write the fields in tw:form."),
          Map.entry("formProperty", "Write the fields in tw:form."),
          Map.entry("formDefinition", "Write the fields in tw:form."),
          Map.entry("collection", "Write loopDataInputRef with the name of the variable."),
          Map.entry("elementVariable", "Write inputDataItem with the name of the variable."),
          Map.entry("inputOutput", "Map values with tw:input and tw:output."),
          Map.entry("ioMapping", "Map values with tw:input and tw:output."),
          Map.entry("in", "Map values with tw:input."),
          Map.entry("out", "Map values with tw:output."),
          Map.entry("calledElement", "Write the attribute calledElement of the callActivity."));

  private WayOut() {}

  /** Null if the element is nothing that is refused by its name. */
  static @org.jspecify.annotations.Nullable String ofElement(String name) {
    String why = ELEMENTS.get(name);
    return why == null ? null : "%s is not run: %s".formatted(name, why);
  }

  static boolean isRefused(String name) {
    return ELEMENTS.containsKey(name);
  }

  static String ofEngine(String engine, String element, String name) {
    return "\"%s\" of %s at %s is not run. %s"
        .formatted(
            name,
            engine,
            element,
            capitalised(
                ENGINES.getOrDefault(name, "Remove it, or write it in the words of BPMN.")));
  }

  private static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
