package io.twinflow.engine.server.net;

import io.twinflow.engine.core.artifact.HttpSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Calls the URLs that users name: workflows, imports, inputs and callbacks. Only http and https,
 * and only to public addresses, unless the administrator allowed the place. The address that was
 * checked is the one connected to, and each redirect is checked anew. Safe for many threads.
 */
public final class OutgoingUrls implements HttpSource, AutoCloseable {

  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Timeout CONNECT_WITHIN = Timeout.ofSeconds(10);
  private static final Timeout SILENT_AT_MOST = Timeout.ofSeconds(60);
  private static final int MOST_CONNECTIONS = 100;
  private static final String WHO =
      "; if it is meant, the administrator can start the server with --allow-url %s";

  private final AllowedUrls allowed;
  private final CloseableHttpClient toPublic = client(new OnlyPublic());
  private final CloseableHttpClient toAnywhere = client(SystemDefaultDnsResolver.INSTANCE);

  /**
   * @param allowed places beyond the internet, as {@code --allow-url} takes them
   */
  public OutgoingUrls(List<String> allowed) {
    this.allowed = new AllowedUrls("--allow-url", allowed);
  }

  /** Looks up the name, and says at once what a later call would say. */
  public void check(URI url) throws IOException {
    String host = hostOf(url);
    if (!allowed.contain(url)) {
      try {
        new OnlyPublic().resolve(host);
      } catch (PrivateAddressException e) {
        throw refused(url);
      }
    }
  }

  @Override
  public Answer get(URI location, Map<String, String> headers) throws IOException {
    URI url = location;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpGet request = new HttpGet(url);
      headers.forEach(request::setHeader);
      ClassicHttpResponse response = send(url, request);
      Header next = response.getFirstHeader("Location");
      if (next == null || !REDIRECTS.contains(response.getCode())) {
        return answer(response);
      }
      response.close();
      URI target = url.resolve(next.getValue());
      if ("https".equalsIgnoreCase(url.getScheme()) && "http".equals(target.getScheme())) {
        throw new RefusedUrlException(target.toString(), "a redirect from https leads to http");
      }
      url = target;
    }
    throw new IOException(
        "%s is redirected more than %d times".formatted(location, MOST_REDIRECTS));
  }

  /**
   * Sends something, as callbacks do; redirects are not followed.
   *
   * @return the status
   */
  public int post(URI url, String contentType, byte[] body) throws IOException {
    HttpPost request = new HttpPost(url);
    request.setEntity(new ByteArrayEntity(body, ContentType.parse(contentType)));
    try (ClassicHttpResponse response = send(url, request)) {
      return response.getCode();
    }
  }

  /**
   * What a server answered.
   *
   * @param headers the first of each name, in lower case
   * @param body as text in UTF-8
   */
  public record Reply(int status, Map<String, String> headers, String body) {
    public Reply {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * Sends any request; redirects are not followed.
   *
   * @param body null for none
   * @param most bytes of the answer
   * @throws IOException also if the answer is longer
   */
  public Reply call(
      String method, URI url, Map<String, String> headers, byte @Nullable [] body, int most)
      throws IOException {
    HttpUriRequestBase request = new HttpUriRequestBase(method, url);
    headers.forEach(request::setHeader);
    if (body != null) {
      request.setEntity(new ByteArrayEntity(body, null));
    }
    try (ClassicHttpResponse response = send(url, request)) {
      HttpEntity entity = response.getEntity();
      byte[] bytes = entity == null ? new byte[0] : entity.getContent().readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException("%s answers with more than %,d bytes".formatted(url, most));
      }
      Map<String, String> answered = new LinkedHashMap<>();
      for (Header header : response.getHeaders()) {
        answered.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
      }
      return new Reply(response.getCode(), answered, new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private ClassicHttpResponse send(URI url, ClassicHttpRequest request) throws IOException {
    HttpHost host = new HttpHost(url.getScheme(), hostOf(url), url.getPort());
    try {
      return (allowed.contain(url) ? toAnywhere : toPublic).executeOpen(host, request, null);
    } catch (PrivateAddressException e) {
      throw refused(url);
    }
  }

  private static String hostOf(URI url) throws RefusedUrlException {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new RefusedUrlException(url.toString(), "expected a URL of http or https");
    }
    if (url.getUserInfo() != null) {
      throw new RefusedUrlException(
          url.getHost(),
          "a URL may not hold a user's name or password; leave out what is before @");
    }
    if (url.getHost() == null) {
      throw new RefusedUrlException(url.toString(), "expected a host after the scheme");
    }
    return url.getHost();
  }

  private static RefusedUrlException refused(URI url) {
    String place = url.getHost() + ":" + AllowedUrls.port(url);
    return new RefusedUrlException(
        url.toString(),
        "it leads to this machine or a private network, which the server does not call for others"
            + WHO.formatted(place));
  }

  private static Answer answer(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent();
    Map<String, List<String>> headers =
        Arrays.stream(response.getHeaders())
            .collect(
                Collectors.groupingBy(
                    Header::getName, Collectors.mapping(Header::getValue, Collectors.toList())));
    return new Answer(
        response.getCode(),
        HttpHeaders.of(headers, (name, value) -> true),
        new FilterInputStream(content) {
          @Override
          public void close() throws IOException {
            // The entity's own would first read all that is left.
            response.close();
          }
        });
  }

  private static CloseableHttpClient client(DnsResolver resolver) {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT_WITHIN)
                        .setSocketTimeout(SILENT_AT_MOST)
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(SILENT_AT_MOST)
                .setResponseTimeout(SILENT_AT_MOST)
                .build())
        .setUserAgent("twinflow")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  @Override
  public void close() throws IOException {
    toPublic.close();
    toAnywhere.close();
  }

  /** A host that answers with several addresses is refused for one that is not public. */
  private static final class OnlyPublic implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      InetAddress[] addresses = SystemDefaultDnsResolver.INSTANCE.resolve(host);
      for (InetAddress address : addresses) {
        if (!PublicAddresses.contain(address)) {
          throw new PrivateAddressException(host);
        }
      }
      return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
    }
  }

  private static final class PrivateAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    PrivateAddressException(String host) {
      super(host);
    }
  }
}
