package io.twinflow.engine.server.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens, and how.
 *
 * @param address a name or number of this machine
 * @param port 0 for any free one
 * @param tls null for plain HTTP
 */
public record Listening(String address, int port, @Nullable Tls tls) {

  /**
   * A certificate and its key, as PEM files; both are read again when they change.
   *
   * @param certificate with the chain up to what clients trust
   * @param key in PKCS #8, unencrypted
   */
  public record Tls(Path certificate, Path key) {}

  /** On this machine alone, at any free port. */
  public static final Listening HERE = new Listening("127.0.0.1", 0, null);

  /** Whether others than this machine could read what is said on the way. */
  boolean inTheClear() throws IOException {
    return tls == null && !InetAddress.getByName(address).isLoopbackAddress();
  }

  String url(int takenPort) {
    return (tls == null ? "http" : "https") + "://" + address + ":" + takenPort;
  }

  /** What Spring Boot calls it. */
  public Map<String, Object> properties() throws IOException {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("server.address", address);
    properties.put("server.port", port);
    if (tls != null) {
      String bundle = "spring.ssl.bundle.pem.server.";
      properties.put(bundle + "keystore.certificate", "file:" + readable(tls.certificate()));
      properties.put(bundle + "keystore.private-key", "file:" + readable(tls.key()));
      properties.put(bundle + "reload-on-update", true);
      properties.put("server.ssl.bundle", "server");
    }
    return properties;
  }

  private static Path readable(Path file) throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IOException(
          file
              + ": cannot be read; expected a PEM file with the certificate or the key of this"
              + " server");
    }
    return file.toAbsolutePath();
  }
}
