package io.twinflow.workflowdefs.bpmn;

import io.twinflow.workflowdefs.bpmn.expression.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a service task asks Twinflow for. The element of each is told in docs/bpmn.md. */
public sealed interface Work {

  /** The results that become variables of the process. */
  List<Output> outputs();

  /**
   * A run of a workflow.
   *
   * @param workflow the name of a workflow, or the digest of a version
   * @param site where its tools run; null leaves it to the placement
   */
  record RunWorkflow(
      Template workflow, @Nullable Template site, List<Mapping> inputs, List<Output> outputs)
      implements Work {
    public RunWorkflow {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /** One tool at one site. */
  record RunTool(Template tool, Template site, List<Mapping> inputs, List<Output> outputs)
      implements Work {
    public RunTool {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * A decision by a table.
   *
   * @param decision the name of a document that is kept, or its digest
   */
  record Decide(Template decision, List<Mapping> inputs, List<Output> outputs) implements Work {
    public Decide {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /** A mail. */
  record SendMail(List<Template> to, Template subject, Template text) implements Work {
    public SendMail {
      to = List.copyOf(to);
    }

    @Override
    public List<Output> outputs() {
      return List.of();
    }
  }

  /**
   * A signed notification over HTTP.
   *
   * @param secret the name of the secret it is signed with
   */
  record SendWebhook(Template url, @Nullable String secret, List<Mapping> fields) implements Work {
    public SendWebhook {
      fields = List.copyOf(fields);
    }

    @Override
    public List<Output> outputs() {
      return List.of();
    }
  }

  /**
   * A request over HTTP.
   *
   * @param secret the name of the secret that is sent as bearer token
   * @param body null for none
   */
  record CallHttp(
      String method,
      Template url,
      @Nullable String secret,
      List<Mapping> headers,
      @Nullable Template body,
      List<Output> outputs)
      implements Work {
    public CallHttp {
      headers = List.copyOf(headers);
      outputs = List.copyOf(outputs);
    }
  }
}
