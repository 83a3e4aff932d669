package io.twinflow.triggers.source.push;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.token.TokenSettings;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import java.time.Clock;

/** {@code type: push} in the configuration. */
public final class PushType implements SourceType {

  private static final String SECRET = "secret";

  @Override
  public String name() {
    return "push";
  }

  @Override
  public Source open(Settings settings) throws InvalidSettingException {
    return new PushSource(
        settings.name(),
        TokenSettings.read(settings, SECRET)
            .orElseThrow(() ->
                settings.wrong(
                    SECRET,
                    "where the secret comes from that its system shows: "
                        + TokenSettings.EXPECTED)),
        Clock.systemUTC());
  }
}
