package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.stores.s3.S3Bucket;
import io.twinflow.engine.stores.s3.S3Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** A folder of runs whose configuration has a site without a folder, and a bucket of its own. */
final class ExchangeTrial implements AutoCloseable {

  private final Path folder;
  private final URI endpoint = URI.create(System.getenv("TWINFLOW_S3_ENDPOINT"));
  private final String user = System.getenv("TWINFLOW_S3_ACCESS_KEY");
  private final String secret = System.getenv("TWINFLOW_S3_SECRET_KEY");
  private final S3Bucket bucket;

  ExchangeTrial(Path folder) throws Exception {
    this.folder = folder;
    this.bucket =
        new S3Bucket(
            new S3Site("test", endpoint, S3Site.ANY_REGION, user, secret),
            "command-" + UUID.randomUUID());
    makeBucket();
  }

  private void makeBucket() throws Exception {
    Process curl =
        new ProcessBuilder(
                List.of(
                    "curl",
                    "-sSf",
                    "-K",
                    "-",
                    "-X",
                    "PUT",
                    "-H",
                    "x-amz-content-sha256: UNSIGNED-PAYLOAD",
                    "--aws-sigv4",
                    "aws:amz:us-east-1:s3",
                    endpoint + "/" + bucket.name()))
            .redirectErrorStream(true)
            .start();
    try (var in = curl.getOutputStream()) {
      in.write("user = \"%s:%s\"\n".formatted(user, secret).getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(curl.waitFor()).as(said).isZero();
  }

  /** What must stand nowhere. */
  String secret() {
    return secret;
  }

  /**
   * @param store where command and sites find the store
   * @param site its lines in the configuration
   */
  void configure(URI store, String site) throws IOException {
    Path accounts =
        Files.createFile(
            folder.resolve("accounts"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        accounts,
        "[test]\nendpoint = %s\naccess_key = %s\nsecret_key = %s\nread = nothing\n"
            .formatted(store, user, secret));
    int port = freePort();
    Files.createDirectories(ChildTwinflow.home(folder));
    Files.writeString(
        ChildTwinflow.home(folder).resolve("twinflow.yaml"),
        """
        exchange:
          url: http://127.0.0.1:%d
          listen: 127.0.0.1:%d
          store: s3://%s/all
          accounts: %s
        sites:
        %s
        """
            .formatted(port, port, bucket.name(), accounts, site.indent(2).stripTrailing()));
  }

  /** None that the system gives to whoever asks for any. */
  private static int freePort() {
    return ThreadLocalRandom.current()
        .ints(20_000, 30_000)
        .filter(ExchangeTrial::isFree)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** Names of all that is in the bucket. */
  List<String> objects() {
    try (Stream<S3Bucket.Found> all = bucket.list("")) {
      return all.map(S3Bucket.Found::object).toList();
    }
  }

  /** The files of runs in which a text stands. */
  List<Path> filesWith(String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(ChildTwinflow.home(folder))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  @Override
  public void close() {
    bucket.close();
  }
}
