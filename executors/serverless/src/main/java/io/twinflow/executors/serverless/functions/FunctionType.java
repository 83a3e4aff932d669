package io.twinflow.executors.serverless.functions;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.site.ExecutorType;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.api.token.TokenSettings;
import io.twinflow.executors.serverless.attempts.GroundSettings;
import io.twinflow.executors.serverless.attempts.LimitSettings;
import io.twinflow.executors.serverless.attempts.Limits;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code type: functions} in the configuration. */
public final class FunctionType implements ExecutorType {

  private static final String EXPECTED =
      "the addresses of functions by step, image or '*', as in \"*\": https://twinflow.functions.example.org";

  /** What gateways in front of functions let a call last is less than this nearly everywhere. */
  static final Limits LIMITS = Limits.DEFAULT.withEndWithin(Duration.ofHours(1));

  @Override
  public String name() {
    return "functions";
  }

  @Override
  public Executor open(Settings settings, Surroundings surroundings)
      throws InvalidSettingException {
    GroundSettings ground = GroundSettings.read(settings, surroundings);
    FunctionOptions options =
        new FunctionOptions(
            settings.name(),
            functions(settings),
            settings.choice("mode", CloudEvent.Mode.class).orElse(CloudEvent.Mode.BINARY),
            answering(settings, surroundings),
            TokenSettings.read(settings, "token"),
            ground.root(),
            LimitSettings.read(settings, LIMITS));
    return FunctionSite.open(options, ground.open(settings), surroundings.exchange());
  }

  private static Answering answering(Settings settings, Surroundings surroundings)
      throws InvalidSettingException {
    boolean values = settings.isTrue("values", false);
    boolean waits = settings.isTrue("wait", !values);
    if (!values) {
      return waits ? Answering.WHEN_OVER : Answering.AT_ONCE;
    }
    if (waits) {
      throw settings.wrong(
          "wait", "false or nothing: with values: true functions answer at once, and call back");
    }
    if (surroundings.exchange().isEmpty()) {
      throw settings.wrong(
          "values",
          "false, or exchange: beside sites:, whose url is where functions call back with values");
    }
    return Answering.WITH_VALUES;
  }

  private static Map<String, URI> functions(Settings settings) throws InvalidSettingException {
    Settings given =
        settings
            .section("functions", EXPECTED)
            .orElseThrow(() -> settings.wrong("functions", EXPECTED));
    Map<String, URI> functions = new LinkedHashMap<>();
    for (String name : given.names()) {
      functions.put(name, given.address(name).orElseThrow(() -> given.wrong(name, EXPECTED)));
    }
    if (functions.isEmpty()) {
      throw settings.wrong("functions", EXPECTED);
    }
    return functions;
  }
}
