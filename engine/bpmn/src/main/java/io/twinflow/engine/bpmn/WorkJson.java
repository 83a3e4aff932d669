package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.bpmn.Mapping;
import io.twinflow.workflowdefs.bpmn.Output;
import io.twinflow.workflowdefs.bpmn.Work;
import io.twinflow.workflowdefs.bpmn.expression.Template;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Work as a record: {@code kind}, {@code ask} with what is evaluated, and {@code outputs}. It goes
 * with the deployed model, so that an old process means what it meant when it was deployed.
 */
final class WorkJson {

  private WorkJson() {}

  static RecordValue of(Work work) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("kind", new StringValue(kind(work)));
    fields.put("ask", ask(work));
    fields.put("outputs", outputs(work.outputs()));
    return new RecordValue(fields);
  }

  private static String kind(Work work) {
    return switch (work) {
      case Work.RunWorkflow ignored -> "run";
      case Work.RunTool ignored -> "tool";
      case Work.Decide ignored -> "decide";
      case Work.SendMail ignored -> "mail";
      case Work.SendWebhook ignored -> "webhook";
      case Work.CallHttp ignored -> "http";
    };
  }

  private static RecordValue ask(Work work) {
    Map<String, Value> ask = new LinkedHashMap<>();
    switch (work) {
      case Work.RunWorkflow run -> {
        ask.put("workflow", text(run.workflow()));
        ask.put("site", text(run.site()));
        ask.put("inputs", mappings(run.inputs()));
      }
      case Work.RunTool run -> {
        ask.put("tool", text(run.tool()));
        ask.put("site", text(run.site()));
        ask.put("inputs", mappings(run.inputs()));
      }
      case Work.Decide decide -> {
        ask.put("decision", text(decide.decision()));
        ask.put("inputs", mappings(decide.inputs()));
        ask.put("outputs", names(decide.outputs()));
      }
      case Work.SendMail mail -> {
        ask.put("to", new ListValue(mail.to().stream().map(WorkJson::text).toList()));
        ask.put("subject", text(mail.subject()));
        ask.put("text", text(mail.text()));
      }
      case Work.SendWebhook hook -> {
        ask.put("url", text(hook.url()));
        ask.put("secret", name(hook.secret()));
        ask.put("fields", mappings(hook.fields()));
      }
      case Work.CallHttp http -> {
        ask.put("method", new StringValue(http.method()));
        ask.put("url", text(http.url()));
        ask.put("secret", name(http.secret()));
        ask.put("headers", mappings(http.headers()));
        ask.put("body", text(http.body()));
      }
    }
    return new RecordValue(ask);
  }

  private static Value text(@Nullable Template template) {
    return template == null ? NullValue.NULL : new StringValue(template.text());
  }

  private static Value name(@Nullable String name) {
    return name == null ? NullValue.NULL : new StringValue(name);
  }

  /** What is asked of a table can be refused if it has no such output. */
  private static Value names(List<Output> outputs) {
    return new ListValue(
        outputs.stream().<Value>map(output -> new StringValue(output.name())).toList());
  }

  private static RecordValue mappings(List<Mapping> mappings) {
    Map<String, Value> fields = new LinkedHashMap<>();
    mappings.forEach(mapping -> fields.put(mapping.name(), text(mapping.value())));
    return new RecordValue(fields);
  }

  private static RecordValue outputs(List<Output> outputs) {
    Map<String, Value> fields = new LinkedHashMap<>();
    outputs.forEach(o -> fields.put(o.variable(), new StringValue(o.name())));
    return new RecordValue(fields);
  }
}
