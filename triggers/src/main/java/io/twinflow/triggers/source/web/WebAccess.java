package io.twinflow.triggers.source.web;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.token.TokenSettings;
import io.twinflow.executors.api.token.Tokens;
import io.twinflow.triggers.source.broker.Tls;
import io.twinflow.triggers.source.broker.Trouble;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * As whom a server is asked over HTTP, and how it is known to be the right one.
 *
 * @param field of the configuration that says where the server is
 * @param user whose password it is; null for a token, or nobody in particular
 * @param secret a password or a token; null for neither
 * @param tls how the server's certificate is judged, if its address begins with https
 */
public record WebAccess(String field, @Nullable String user, @Nullable Tokens secret, Tls tls) {

  private static final Logger LOG = System.getLogger(WebAccess.class.getName());
  private static final String USER = "user";
  private static final String PASSWORD = "password";
  private static final String TOKEN = "token";

  /**
   * Reads {@code user} and {@code password} or {@code token}, and {@code authority}, {@code
   * certificate} and {@code key}.
   *
   * @param field that says where the server is
   * @param secure whether it is asked over TLS
   */
  public static WebAccess read(Settings settings, String field, boolean secure)
      throws InvalidSettingException {
    String user = settings.text(USER, "the name of a user there").orElse(null);
    Optional<Tokens> password = TokenSettings.read(settings, PASSWORD);
    Optional<Tokens> token = TokenSettings.read(settings, TOKEN);
    if (token.isPresent() && (user != null || password.isPresent())) {
      throw settings.wrong(TOKEN, "a token, or user and password, not both");
    }
    if (user != null && password.isEmpty()) {
      throw settings.wrong(
          PASSWORD, "where the user's password comes from: " + TokenSettings.EXPECTED);
    }
    if (user == null && password.isPresent()) {
      throw settings.wrong(USER, "the user whose password it is");
    }
    Tls tls =
        new Tls(
            settings.folder("authority").orElse(null),
            settings.folder("certificate").orElse(null),
            settings.folder("key").orElse(null));
    if (!secure && !tls.equals(new Tls(null, null, null))) {
      throw settings.wrong(field, "one that begins with https://, because there are certificates");
    }
    if ((tls.certificate() == null) != (tls.key() == null)) {
      throw settings.wrong(
          tls.key() == null ? "key" : "certificate", "both a certificate and its key, as PEM");
    }
    return new WebAccess(field, user, token.or(() -> password).orElse(null), tls);
  }

  /** The header; empty if nobody in particular asks. */
  public Optional<String> authorization() throws Trouble {
    if (secret == null) {
      return Optional.empty();
    }
    String shown = shown(secret);
    return Optional.of(
        user == null
            ? "Bearer " + shown
            : "Basic "
                + Base64.getEncoder()
                    .encodeToString((user + ":" + shown).getBytes(StandardCharsets.UTF_8)));
  }

  /** The password or the token; null if there is none. */
  public @Nullable String password() throws Trouble {
    return secret == null ? null : shown(secret);
  }

  private String shown(Tokens from) throws Trouble {
    String asked = user == null ? TOKEN : PASSWORD;
    try {
      return from.token();
    } catch (IOException e) {
      throw new Trouble(asked + ": " + e.getMessage(), "mend " + asked + ":", e);
    }
  }

  /** Why nobody has answered, and what to do about it. */
  public Trouble silent(URI address, Throwable failure) {
    String words =
        failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SSLException || e instanceof CertificateException) {
        return new Trouble(
            "%s: TLS fails: %s".formatted(address, words),
            "see that %s: has the name that is in the certificate, and authority: who signed that"
                .formatted(field),
            failure);
      }
    }
    return new Trouble(
        "%s: %s".formatted(address, words),
        "see that it runs, that %s: names it and that nothing on the way keeps this machine from it"
            .formatted(field),
        failure);
  }

  /** The server refused it: the next one is fetched, not remembered. */
  public void refused() {
    if (secret != null) {
      try {
        secret.refused(secret.token());
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "there is none to forget: {0}", e.getMessage());
      }
    }
  }

  /** For a sentence: who was refused. */
  public String who() {
    if (secret == null) {
      return "nobody in particular (there is neither token: nor user:)";
    }
    return user == null ? "whoever has the token" : "user " + user;
  }
}
