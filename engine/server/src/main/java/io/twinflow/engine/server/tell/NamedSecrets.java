package io.twinflow.engine.server.tell;

import io.twinflow.engine.server.net.AllowedUrls;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.token.TokenSettings;
import io.twinflow.executors.api.token.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The secrets that an administrator has named in {@code twinflow.yaml}. */
public final class NamedSecrets {

  private static final String NAME = "[A-Za-z0-9]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9])?";

  private final Map<String, NamedSecret> secrets;

  private NamedSecrets(Map<String, NamedSecret> secrets) {
    this.secrets = secrets;
  }

  /**
   * Reads where they come from; none is read itself before it is used.
   *
   * @param secrets fields of {@code secrets:} by the secret's name
   * @throws InvalidSettingException that names file:line:column of what cannot be used
   */
  public static NamedSecrets of(Map<String, Setting> secrets) throws InvalidSettingException {
    Map<String, NamedSecret> read = new LinkedHashMap<>();
    for (Map.Entry<String, Setting> secret : secrets.entrySet()) {
      read.put(secret.getKey(), read(secret.getKey(), secret.getValue()));
    }
    return new NamedSecrets(read);
  }

  private static NamedSecret read(String name, Setting setting) throws InvalidSettingException {
    if (!name.matches(NAME)) {
      throw new InvalidSettingException(
          "%s: the secret '%s': expected a name of at most 64 letters, digits, hyphens, dots and underscores"
              .formatted(setting.place(), name));
    }
    if (!(setting.written() instanceof Setting.Written.Fields(Map<String, Setting> fields))) {
      throw new InvalidSettingException(
          "%s: secrets.%s: expected fields: for, and %s"
              .formatted(setting.place(), name, TokenSettings.EXPECTED));
    }
    Settings settings = Settings.of("secrets", name, fields, setting.place());
    Optional<Tokens> source = TokenSettings.among(settings);
    List<String> subjects = settings.texts("for", "subjects who may use it, or everyone");
    List<String> to = settings.texts("to", "beginnings of URLs that it may be sent to");
    settings.end();
    if (source.isEmpty()) {
      throw new InvalidSettingException(
          "%s: secrets.%s: expected %s".formatted(setting.place(), name, TokenSettings.EXPECTED));
    }
    if (subjects.isEmpty()) {
      throw settings.wrong("for", "subjects who may use it, or everyone");
    }
    try {
      return new NamedSecret(name, source.get(), subjects, new AllowedUrls("to", to));
    } catch (IllegalArgumentException e) {
      throw settings.wrong("to", "beginnings of URLs that it may be sent to");
    }
  }

  /** Empty if there is none, or it is not for them. */
  Optional<NamedSecret> find(String name, String subject) {
    return Optional.ofNullable(secrets.get(name)).filter(secret -> secret.isFor(subject));
  }

  /** What is wrong with using a secret; empty if they may. */
  public Optional<String> whyNot(String name, String subject) {
    return find(name, subject).isPresent()
        ? Optional.empty()
        : Optional.of(
            "there is no secret \"%s\" for %s; an administrator says in twinflow.yaml which there are (secrets:), and for whom"
                .formatted(name, subject));
  }
}
