package io.twinflow.engine.cli.client;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Talks to one server. The token goes to that server alone. */
public final class Connection implements AutoCloseable {

  private static final Duration ANSWER = Duration.ofSeconds(120);
  private static final int OK = 200;
  private static final int FIRST_THAT_IS_NO_SUCCESS = 300;

  private final URI base;
  private final String token;
  private final HttpClient client;

  Connection(URI base, String token, HttpClient client) {
    this.base = base;
    this.token = token;
    this.client = client;
  }

  public URI base() {
    return base;
  }

  /**
   * @param path from the root of the server
   */
  public RecordValue get(String path) throws CliException, InterruptedException {
    return json(request(path).GET().timeout(ANSWER));
  }

  public RecordValue post(String path) throws CliException, InterruptedException {
    return json(request(path).POST(BodyPublishers.noBody()).timeout(ANSWER));
  }

  /** An upload may take its time. */
  public RecordValue post(String path, String contentType, BodyPublisher body)
      throws CliException, InterruptedException {
    return json(request(path).header("Content-Type", contentType).POST(body));
  }

  public RecordValue put(String path, String contentType, BodyPublisher body)
      throws CliException, InterruptedException {
    return json(request(path).header("Content-Type", contentType).PUT(body).timeout(ANSWER));
  }

  /** What changes of a thing. */
  public RecordValue patch(String path, RecordValue change)
      throws CliException, InterruptedException {
    return json(
        request(path)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(ValueJson.write(change)))
            .timeout(ANSWER));
  }

  public void delete(String path) throws CliException, InterruptedException {
    try (InputStream nothing = send(request(path).DELETE().timeout(ANSWER))) {
      nothing.readAllBytes();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * What stands at a path; the caller closes it.
   *
   * @param location from the root of the server, or a whole URL
   */
  public InputStream open(String location) throws CliException, InterruptedException {
    return send(request(location).GET());
  }

  /**
   * The events at a path (Server-Sent Events); the caller closes it.
   *
   * @param last the id of the last one that was heard
   */
  InputStream events(String path, String last) throws CliException, InterruptedException {
    return send(
        request(path)
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", last)
            .timeout(ANSWER)
            .GET());
  }

  private HttpRequest.Builder request(String location) throws CliException {
    boolean whole = location.startsWith("http://") || location.startsWith("https://");
    if (!whole && !location.startsWith("/")) {
      throw CliException.failure(location + ": lies where it cannot be fetched from");
    }
    URI url = URI.create(whole ? location : base + location);
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    if (base.getScheme().equals(url.getScheme())
        && base.getAuthority().equals(url.getAuthority())) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private RecordValue json(HttpRequest.Builder request) throws CliException, InterruptedException {
    try (InputStream body = send(request.header("Accept", "application/json"))) {
      String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      if (ValueJson.read(text) instanceof RecordValue answer) {
        return answer;
      }
      throw CliException.failure(base + ": answers with something else than a JSON object");
    } catch (InvalidJsonException e) {
      throw new CliException(
          ExitCode.FAILURE, base + ": does not answer as Twinflow does: " + e.getMessage(), e);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private InputStream send(HttpRequest.Builder request) throws CliException, InterruptedException {
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      int status = response.statusCode();
      if (status >= OK && status < FIRST_THAT_IS_NO_SUCCESS) {
        return response.body();
      }
      try (InputStream body = response.body()) {
        throw CliException.failure(
            Problem.text(status, new String(body.readAllBytes(), StandardCharsets.UTF_8)));
      }
    } catch (ConnectException e) {
      throw new CliException(
          ExitCode.FAILURE,
          base
              + ": no server answers here; start one with twinflow serve, or name another with --server",
          e);
    } catch (SSLException e) {
      throw new CliException(
          ExitCode.FAILURE,
          base
              + ": TLS fails: "
              + e.getMessage()
              + "; if the server's certificate is of a CA of your own, name that with --ca-file",
          e);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private CliException broken(IOException e) {
    return new CliException(ExitCode.FAILURE, base + ": the connection broke: " + e, e);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
