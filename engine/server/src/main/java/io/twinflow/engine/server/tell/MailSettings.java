package io.twinflow.engine.server.tell;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.token.TokenSettings;
import io.twinflow.executors.api.token.Tokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By whom mail goes out, for whom, and to whom.
 *
 * @param from the address that all mail comes from
 * @param user null for nobody in particular
 * @param password null exactly if user is
 * @param authority certificates of who signed the server's (PEM); null for those the JDK trusts
 * @param subjects whose mail it sends
 * @param to whom it may reach
 */
public record MailSettings(
    String host,
    int port,
    Encryption tls,
    String from,
    @Nullable String user,
    @Nullable Tokens password,
    @Nullable Path authority,
    List<String> subjects,
    List<MailPattern> to) {

  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1");
  private static final int MOST_PORT = 65_535;

  /** How the mail server is spoken with. */
  public enum Encryption {
    /** It begins in the open, and goes on with TLS or not at all. */
    STARTTLS,
    /** With TLS from the beginning. */
    ON,
    /** In the open. */
    OFF
  }

  public MailSettings {
    subjects = List.copyOf(subjects);
    to = List.copyOf(to);
  }

  /**
   * @throws InvalidSettingException that names file:line:column of what cannot be used
   */
  public static MailSettings of(Settings settings) throws InvalidSettingException {
    String host = settings.required("host", "the name of a mail server");
    Encryption tls = settings.choice("tls", Encryption.class).orElse(Encryption.STARTTLS);
    int port = settings.count("port", 1).orElse(usual(tls));
    if (port > MOST_PORT) {
      throw settings.wrong("port", "a number up to " + MOST_PORT);
    }
    String from = settings.required("from", "the address that mail comes from");
    if (!MailPattern.isAddress(from)) {
      throw settings.wrong("from", "one address, as in twin@example.org");
    }
    String user = settings.text("user", "the name of a user of the mail server").orElse(null);
    Optional<Tokens> password = TokenSettings.read(settings, "password");
    if (user == null && password.isPresent()) {
      throw settings.wrong("user", "the user whose password it is");
    }
    if (user != null && password.isEmpty()) {
      throw settings.wrong("password", TokenSettings.EXPECTED);
    }
    if (user != null && tls == Encryption.OFF && !HERE.contains(host)) {
      throw settings.wrong("tls", "starttls or on, as a password goes to another machine");
    }
    Path authority = settings.folder("authority").orElse(null);
    List<String> subjects = settings.texts("for", "subjects who may send mail, or everyone");
    if (subjects.isEmpty()) {
      throw settings.wrong("for", "subjects who may send mail, or everyone");
    }
    String whom = "addresses, or all of a domain as in *@example.org";
    List<String> to = settings.texts("to", whom);
    if (to.isEmpty() || !to.stream().allMatch(MailPattern::isAddress)) {
      throw settings.wrong("to", whom);
    }
    settings.end();
    return new MailSettings(
        host,
        port,
        tls,
        from,
        user,
        password.orElse(null),
        authority,
        subjects,
        to.stream().map(MailPattern::new).toList());
  }

  private static int usual(Encryption tls) {
    return switch (tls) {
      case STARTTLS -> 587;
      case ON -> 465;
      case OFF -> 25;
    };
  }

  boolean isFor(String subject) {
    return subjects.contains(NamedSecret.EVERYONE) || subjects.contains(subject);
  }

  boolean mayReach(String address) {
    return to.stream().anyMatch(pattern -> pattern.matches(address));
  }
}
