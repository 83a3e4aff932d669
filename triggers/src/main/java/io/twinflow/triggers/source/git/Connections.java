package io.twinflow.triggers.source.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.security.GeneralSecurityException;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/** Connections of the JDK, with the certificates of a configuration where they speak TLS. */
abstract class Connections implements HttpConnectionFactory {

  private static final String TLS = "https";

  private final HttpConnectionFactory plain = new JDKHttpConnectionFactory();

  protected abstract void prepare(HttpConnection connection) throws GeneralSecurityException;

  @Override
  public HttpConnection create(URL url) throws IOException {
    return prepared(url, plain.create(url));
  }

  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    return prepared(url, plain.create(url, proxy));
  }

  private HttpConnection prepared(URL url, HttpConnection connection) throws IOException {
    if (!url.getProtocol().equals(TLS)) {
      return connection;
    }
    try {
      prepare(connection);
      return connection;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }
}
