package io.twinflow.executors.api.token;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Reads where a site's token comes from: {@code token: {file: PATH}}, {@code token: {environment:
 * NAME}} or {@code token: {command: [PROGRAM, ARGUMENT…]}}. A token itself never stands in a
 * configuration.
 */
public final class TokenSettings {

  /** What the field takes, in a person's words. */
  public static final String EXPECTED =
      "one of file: PATH, environment: NAME or command: [PROGRAM, ARGUMENT…] (a token itself does not belong in a configuration)";

  private TokenSettings() {}

  /** Empty if the field is missing. */
  public static Optional<Tokens> read(Settings settings, String field)
      throws InvalidSettingException {
    Optional<Settings> token = settings.section(field, EXPECTED);
    if (token.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(among(token.get()).orElseThrow(() -> settings.wrong(field, EXPECTED)));
  }

  /** Reads the same where it stands beside other fields; empty unless exactly one is given. */
  public static Optional<Tokens> among(Settings section) throws InvalidSettingException {
    Optional<Path> file = section.folder("file");
    Optional<String> environment = section.text("environment", "the name of a variable");
    List<String> command = section.texts("command", "a program and its arguments");
    int given =
        (file.isPresent() ? 1 : 0)
            + (environment.isPresent() ? 1 : 0)
            + (command.isEmpty() ? 0 : 1);
    if (given != 1) {
      return Optional.empty();
    }
    Tokens source =
        file.<Tokens>map(FileToken::new)
            .or(() -> environment.map(EnvironmentToken::new))
            .orElseGet(() -> new CommandToken(command));
    return Optional.of(new FreshTokens(source, Clock.systemUTC()));
  }
}
