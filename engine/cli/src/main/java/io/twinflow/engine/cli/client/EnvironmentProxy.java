package io.twinflow.engine.cli.client;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.Invocation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The proxy that the environment names, as for curl: {@code https_proxy} and {@code http_proxy},
 * but not for the hosts of {@code no_proxy} and those below them, nor for this machine. Capital
 * letters are read too, but of {@code HTTP_PROXY}, which a web server may set from what a stranger
 * sends.
 */
final class EnvironmentProxy extends ProxySelector {

  private static final List<String> HERE = List.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final int HTTP_PORT = 80;

  private final Proxy proxy;
  private final List<String> without;

  private EnvironmentProxy(Proxy proxy, List<String> without) {
    this.proxy = proxy;
    this.without = without;
  }

  /** Empty if none is named for the scheme of the server. */
  static Optional<EnvironmentProxy> of(Invocation invocation, URI server) throws CliException {
    boolean secure = "https".equals(server.getScheme());
    Optional<String> named =
        secure
            ? invocation.env("https_proxy").or(() -> invocation.env("HTTPS_PROXY"))
            : invocation.env("http_proxy");
    if (named.isEmpty()) {
      return Optional.empty();
    }
    List<String> without =
        invocation
            .env("no_proxy")
            .or(() -> invocation.env("NO_PROXY"))
            .map(hosts -> List.of(hosts.toLowerCase(Locale.ROOT).split("[\\s,]+", -1)))
            .orElse(List.of());
    return Optional.of(
        new EnvironmentProxy(
            new Proxy(Proxy.Type.HTTP, address(secure ? "https_proxy" : "http_proxy", named.get())),
            without));
  }

  private static InetSocketAddress address(String variable, String named) throws CliException {
    try {
      URI address = URI.create(named.contains("://") ? named : "http://" + named);
      if ("http".equals(address.getScheme()) && address.getHost() != null) {
        int port = address.getPort() < 0 ? HTTP_PORT : address.getPort();
        return InetSocketAddress.createUnresolved(address.getHost(), port);
      }
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, expected(variable, named), e);
    }
    throw CliException.usage(expected(variable, named));
  }

  private static String expected(String variable, String named) {
    return "%s is \"%s\": expected the address of a proxy, as in http://proxy.example.org:3128"
        .formatted(variable, named);
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    return List.of(isWithout(host) ? Proxy.NO_PROXY : proxy);
  }

  private boolean isWithout(String host) {
    return HERE.contains(host)
        || without.stream()
            .filter(one -> !one.isEmpty())
            .map(one -> one.startsWith(".") ? one.substring(1) : one)
            .anyMatch(one -> one.equals("*") || host.equals(one) || host.endsWith("." + one));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The request fails with the same words.
  }
}
