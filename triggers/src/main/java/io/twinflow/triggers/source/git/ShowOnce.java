package io.twinflow.triggers.source.git;

import io.twinflow.triggers.source.broker.Trouble;
import io.twinflow.triggers.source.web.WebAccess;
import java.net.URI;
import org.eclipse.jgit.errors.UnsupportedCredentialItem;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/**
 * Shows user and password to the configured host alone, and not again if they were refused. A token
 * is shown as a password; hosts that take tokens do not look at the user then.
 */
final class ShowOnce extends CredentialsProvider {

  private static final String ANY_USER = "git";

  private final WebAccess access;
  private final URI url;
  private boolean refused;

  ShowOnce(WebAccess access, URI url) {
    this.access = access;
    this.url = url;
  }

  boolean isRefused() {
    return refused;
  }

  @Override
  public boolean isInteractive() {
    return false;
  }

  @Override
  public boolean supports(CredentialItem... items) {
    for (CredentialItem item : items) {
      if (!(item instanceof CredentialItem.Username)
          && !(item instanceof CredentialItem.Password)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean get(URIish uri, CredentialItem... items) {
    boolean here =
        url.getScheme().equals(uri.getScheme())
            && String.valueOf(url.getHost()).equals(uri.getHost())
            && url.getPort() == uri.getPort();
    if (!here || refused) {
      return false;
    }
    String password;
    try {
      password = access.password();
    } catch (Trouble e) {
      throw new UnsupportedCredentialItem(uri, String.valueOf(e.getMessage()));
    }
    if (password == null) {
      return false;
    }
    for (CredentialItem item : items) {
      switch (item) {
        case CredentialItem.Username user ->
            user.setValue(access.user() == null ? ANY_USER : access.user());
        case CredentialItem.Password secret -> secret.setValue(password.toCharArray());
        default -> throw new UnsupportedCredentialItem(uri, "it asks for " + item.getPromptText());
      }
    }
    return true;
  }

  @Override
  public void reset(URIish uri) {
    refused = true;
  }
}
