package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.executors.api.Layout;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment of a tool: clean. CommandLineTool v1.2, "Runtime environment". */
final class ToolEnvironment {

  private ToolEnvironment() {}

  /**
   * @param path the PATH outside containers
   */
  static Map<String, String> of(
      Requirements requirements, Scope scope, Layout layout, boolean inContainer, String path)
      throws FailureException {
    Map<String, String> environment = new LinkedHashMap<>();
    if (!inContainer) {
      environment.put("PATH", path);
    }
    environment.put("HOME", layout.outdir());
    environment.put("TMPDIR", layout.tmpdir());
    Requirement.EnvVar asked = requirements.find(Requirement.EnvVar.class).orElse(null);
    if (asked != null) {
      for (Requirement.EnvironmentDef definition : asked.definitions()) {
        String name = definition.name();
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
          throw Faults.user(
              "requirement.environment",
              "%s: '%s' cannot be the name of an environment variable"
                  .formatted(asked.position(), name));
        }
        environment.put(name, ArgumentText.text(scope.evaluate(definition.value())));
      }
    }
    return environment;
  }
}
