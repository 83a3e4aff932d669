package io.twinflow.executors.local.container;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.bundle.AttemptFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Brings the archive of an image to this machine, as a file to be used and, if fetched, deleted.
 */
final class Archives {

  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final int OK = 200;

  private Archives() {}

  /** What is done with the file while it is there. */
  @FunctionalInterface
  interface Use {
    void with(String path) throws IOException, AttemptFailure;
  }

  static void use(URI archive, Use use) throws IOException, AttemptFailure {
    switch (String.valueOf(archive.getScheme())) {
      case "file" -> {
        Path file = Path.of(archive);
        if (!Files.isReadable(file)) {
          throw new AttemptFailure(
              FailureKind.USER,
              "the image archive %s does not exist or cannot be read".formatted(file));
        }
        use.with(file.toString());
      }
      case "http", "https" -> {
        Path file = Files.createTempFile("twinflow-", ".image");
        try {
          fetch(archive, file);
          use.with(file.toString());
        } finally {
          Files.delete(file);
        }
      }
      default ->
          throw new AttemptFailure(
              FailureKind.USER,
              "the image archive %s is neither a file nor at an http(s) address"
                  .formatted(archive));
    }
  }

  private static void fetch(URI archive, Path file) throws IOException, AttemptFailure {
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      int status =
          client
              .send(HttpRequest.newBuilder(archive).build(), HttpResponse.BodyHandlers.ofFile(file))
              .statusCode();
      if (status != OK) {
        throw new AttemptFailure(
            status < 500 ? FailureKind.USER : FailureKind.INFRASTRUCTURE,
            "the image archive %s cannot be fetched: the server answers %d"
                .formatted(archive, status));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while fetching " + archive, e);
    } catch (IOException e) {
      throw new AttemptFailure(
          FailureKind.INFRASTRUCTURE,
          "the image archive %s cannot be fetched: %s".formatted(archive, e));
    }
  }
}
