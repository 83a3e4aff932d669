package io.twinflow.triggers.source.git;

import io.twinflow.triggers.source.broker.Trouble;
import io.twinflow.triggers.source.web.WebAccess;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.LsRemoteCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;

/** Asks a repository what its branches and tags point to; nothing is fetched. */
final class Remote {

  private static final int PATIENCE_SECONDS = 60;

  private final GitOptions options;

  Remote(GitOptions options) {
    this.options = options;
  }

  /**
   * The wanted ones, by their names.
   *
   * @throws Trouble if it does not answer, or there are too many
   */
  Map<String, String> refs() throws Trouble {
    Map<String, String> refs = new TreeMap<>();
    for (Ref ref : all()) {
      if (ref.getObjectId() != null && options.isWanted(ref.getName())) {
        refs.put(ref.getName(), ref.getObjectId().name());
      }
    }
    if (refs.size() > options.most()) {
      throw new Trouble(
          "%s has %d such branches and tags, and may have %d"
              .formatted(options.url(), refs.size(), options.most()),
          "mend branches: and tags:, or give a greater most:");
    }
    return refs;
  }

  private Collection<Ref> all() throws Trouble {
    WebAccess access = options.access();
    ShowOnce credentials = new ShowOnce(access, options.url());
    HttpConnectionFactory trusting = trusting(access);
    LsRemoteCommand command =
        Git.lsRemoteRepository()
            .setRemote(options.url().toString())
            .setTimeout(PATIENCE_SECONDS)
            .setCredentialsProvider(credentials)
            .setTransportConfigCallback((Transport transport) -> {
              if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(trusting);
              }
            });
    try {
      return command.call();
    } catch (GitAPIException e) {
      throw trouble(e, credentials);
    }
  }

  private Trouble trouble(GitAPIException e, ShowOnce credentials) {
    if (credentials.isRefused() || String.valueOf(e.getMessage()).contains("not authorized")) {
      options.access().refused();
      return new Trouble(
          "%s refuses %s".formatted(options.url(), options.access().who()),
          "see that token:, or user: and password:, are what it knows, and that they may read it",
          e);
    }
    return options.access().silent(options.url(), e);
  }

  /** Certificates are read for each connection. */
  private static HttpConnectionFactory trusting(WebAccess access) throws Trouble {
    var trusted = access.tls().trust().getTrustManagers();
    KeyManagerFactory keys = access.tls().keys();
    KeyManager[] shown = keys == null ? new KeyManager[0] : keys.getKeyManagers();
    return new Connections() {
      @Override
      protected void prepare(HttpConnection connection) throws GeneralSecurityException {
        connection.configure(shown, trusted, null);
      }
    };
  }
}
