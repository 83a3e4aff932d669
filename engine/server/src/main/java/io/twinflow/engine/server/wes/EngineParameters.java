package io.twinflow.engine.server.wes;

import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Event.RunOptions.OnError;
import io.twinflow.engine.server.security.Priorities;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** How {@code workflow_engine_parameters} change a run. */
final class EngineParameters {

  static final List<ServiceInfo.EngineParameter> DEFAULTS =
      List.of(
          new ServiceInfo.EngineParameter("on_error", "string", "stop"),
          new ServiceInfo.EngineParameter("use_cache", "boolean", "true"),
          new ServiceInfo.EngineParameter("temporary_fail_retries", "int", "0"),
          new ServiceInfo.EngineParameter("priority", "int", "0"));

  private static final int MOST_RETRIES = 100;

  private EngineParameters() {}

  static RunOptions options(Map<String, String> parameters) {
    OnError onError = OnError.STOP;
    boolean useCache = true;
    int retries = 0;
    int priority = 0;
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      String value = parameter.getValue();
      switch (parameter.getKey()) {
        case "on_error" ->
            onError =
                switch (value) {
                  case "stop" -> OnError.STOP;
                  case "continue" -> OnError.CONTINUE;
                  default -> throw wrong(parameter, "stop or continue");
                };
        case "use_cache" -> {
          if (!value.equals("true") && !value.equals("false")) {
            throw wrong(parameter, "true or false");
          }
          useCache = value.equals("true");
        }
        case "temporary_fail_retries" -> retries = retries(parameter);
        case "priority" -> priority = priority(parameter);
        default ->
            throw wrong(
                parameter,
                "one of "
                    + DEFAULTS.stream().map(ServiceInfo.EngineParameter::name).toList()
                    + " as its name");
      }
    }
    return new RunOptions(onError, useCache, Map.of(), retries, RunOptions.ContainerUse.AUTO)
        .withPriority(priority);
  }

  private static int priority(Map.Entry<String, String> parameter) {
    if (!parameter.getValue().matches("-?[0-9]{1,3}")
        || !Priorities.isOne(Integer.parseInt(parameter.getValue()))) {
      throw wrong(parameter, "a number from -100 to 100");
    }
    return Integer.parseInt(parameter.getValue());
  }

  private static int retries(Map.Entry<String, String> parameter) {
    if (!parameter.getValue().matches("[0-9]{1,3}")
        || Integer.parseInt(parameter.getValue()) > MOST_RETRIES) {
      throw wrong(parameter, "a number from 0 to " + MOST_RETRIES);
    }
    return Integer.parseInt(parameter.getValue());
  }

  private static ResponseStatusException wrong(Map.Entry<String, String> found, String expected) {
    return new ResponseStatusException(
        HttpStatus.BAD_REQUEST,
        "workflow_engine_parameters: expected %s, found %s = %s"
            .formatted(expected, found.getKey(), found.getValue()));
  }
}
