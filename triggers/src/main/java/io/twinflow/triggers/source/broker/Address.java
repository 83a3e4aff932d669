package io.twinflow.triggers.source.broker;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/** Where a broker listens. */
public record Address(String host, int port) {

  /** The field that lists them. */
  public static final String FIELD = "addresses";

  /** What to do where nobody answers. */
  public static final String MEND =
      "see that the broker runs, that addresses: names it and that nothing on the way keeps this machine from it";

  /** What to do where TLS fails. */
  public static final String MEND_TLS =
      "see that tls: is as at the broker, that addresses: has the name that is in its certificate, and authority: who signed that";

  private static final int LAST_PORT = 65_535;

  /** One or several, as HOST:PORT. */
  public static List<Address> read(Settings settings, int usualPort)
      throws InvalidSettingException {
    String expected =
        "the addresses of the broker, as in broker.example.org:%d (tls: true for TLS; user and password have fields of their own)"
            .formatted(usualPort);
    List<Address> addresses = new ArrayList<>();
    for (String text : settings.texts(FIELD, expected)) {
      try {
        addresses.add(of(text.strip(), usualPort));
      } catch (URISyntaxException e) {
        throw settings.wrong(FIELD, expected);
      }
    }
    if (addresses.isEmpty()) {
      throw settings.wrong(FIELD, expected);
    }
    return List.copyOf(addresses);
  }

  private static Address of(String text, int usualPort) throws URISyntaxException {
    URI uri = new URI("any://" + text).parseServerAuthority();
    int port = uri.getPort() < 0 ? usualPort : uri.getPort();
    if (uri.getHost() == null
        || uri.getUserInfo() != null
        || !uri.getPath().isEmpty()
        || uri.getQuery() != null
        || port == 0
        || port > LAST_PORT) {
      throw new URISyntaxException(text, "no HOST:PORT");
    }
    return new Address(uri.getHost(), port);
  }

  /** What nobody who was asked has said, and what to do about it. */
  public static Trouble silent(String where, String words, Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SSLException || e instanceof CertificateException) {
        return new Trouble("%s: TLS fails: %s".formatted(where, words), MEND_TLS, failure);
      }
    }
    return new Trouble("%s: %s".formatted(where, words), MEND, failure);
  }

  /** The address of something there, for {@link io.twinflow.triggers.source.Message#channel}. */
  public URI channel(String scheme, String path) {
    try {
      return new URI(scheme, null, host, port, path.isEmpty() ? null : "/" + path, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
