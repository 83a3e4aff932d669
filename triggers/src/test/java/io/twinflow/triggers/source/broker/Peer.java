package io.twinflow.triggers.source.broker;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A broker that a script in {@code peers/} has started, as the environment names it.
 *
 * @param tlsAddress its name, and the port where it speaks TLS
 * @param authority a file with the certificate of who signed its own
 */
public record Peer(String script, URI url, String tlsAddress, String authority) {

  /**
   * @param variable what the names of its variables begin with
   */
  public static Peer of(String script, String variable) {
    return new Peer(
        script,
        URI.create(System.getenv(variable + "_URL")),
        System.getenv(variable + "_TLS"),
        System.getenv(variable + "_AUTHORITY"));
  }

  public String address() {
    return url.getHost() + ":" + url.getPort();
  }

  public String user() {
    return url.getUserInfo().split(":", 2)[0];
  }

  public String password() {
    return url.getUserInfo().split(":", 2)[1];
  }

  /** Says a word to the script: kill, start. */
  public void tell(String word) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(Path.of(System.getenv("TWINFLOW_ROOT"), "peers", script).toString(), word))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException("peers/%s %s: exit code %d, %s".formatted(script, word, code, said));
    }
  }
}
