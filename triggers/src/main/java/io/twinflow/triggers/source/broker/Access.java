package io.twinflow.triggers.source.broker;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.token.TokenSettings;
import io.twinflow.executors.api.token.Tokens;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * As whom a broker is asked, and how it is known to be the right one.
 *
 * @param user null for nobody in particular
 * @param passwords null exactly if user is
 * @param tls null for none
 */
public record Access(@Nullable String user, @Nullable Tokens passwords, @Nullable Tls tls) {

  /** What to do when the broker refuses the user. */
  public static final String MEND =
      "see that user: and password: are what the broker knows, and that it lets this user in";

  /** Reads {@code user}, {@code password} and {@code tls} with what belongs to it. */
  public static Access read(Settings settings) throws InvalidSettingException {
    String user = settings.text("user", "the name of a user of the broker").orElse(null);
    Tokens passwords = TokenSettings.read(settings, "password").orElse(null);
    if (user != null && passwords == null) {
      throw settings.wrong(
          "password", "where the user's password comes from: " + TokenSettings.EXPECTED);
    }
    if (user == null && passwords != null) {
      throw settings.wrong("user", "the user whose password it is");
    }
    return new Access(user, passwords, Tls.read(settings).orElse(null));
  }

  /** As it is now; null if there is no user. */
  public @Nullable String password() throws Trouble {
    if (passwords == null) {
      return null;
    }
    try {
      return passwords.token();
    } catch (IOException e) {
      throw new Trouble("password: " + e.getMessage(), "mend password:", e);
    }
  }

  /** The broker refused the password: the next one is fetched, not remembered. */
  public void refused() {
    if (passwords != null) {
      try {
        passwords.refused(passwords.token());
      } catch (IOException e) {
        // There is none: nothing to forget.
        System.getLogger(Access.class.getName())
            .log(System.Logger.Level.DEBUG, "no password of {0}: {1}", user, e.getMessage());
      }
    }
  }

  /** For a sentence: who was refused. */
  public String who() {
    return user == null ? "nobody in particular (there is no user:)" : "user " + user;
  }
}
