package io.twinflow.triggers.source.broker;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A broker that a script in {@code peers/} has started.
 *
 * @param tlsAddress its name, and the port where it speaks TLS
 * @param authority a file with the certificate of who signed its own
 * @param folder where its script has its own; null for where the environment says
 */
public record Peer(
    String script, URI url, String tlsAddress, String authority, @Nullable Path folder) {

  private static final Pattern EXPORT = Pattern.compile("([A-Z_]+)=(\\S+)");

  /**
   * The one that the environment names.
   *
   * @param variable what the names of its variables begin with
   */
  public static Peer of(String script, String variable) {
    return of(script, variable, System.getenv(), null);
  }

  private static Peer of(
      String script, String variable, Map<String, String> named, @Nullable Path folder) {
    return new Peer(
        script,
        URI.create(named.get(variable + "_URL")),
        named.get(variable + "_TLS"),
        named.get(variable + "_AUTHORITY"),
        folder);
  }

  /** One more, for a test that kills it while others go on; {@code stop} ends it. */
  public static Peer start(String script, String variable, Path folder)
      throws IOException, InterruptedException {
    Map<String, String> named = new HashMap<>();
    Matcher exports = EXPORT.matcher(run(script, "start", folder));
    while (exports.find()) {
      named.put(exports.group(1), exports.group(2));
    }
    return of(script, variable, named, folder);
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
    run(script, word, folder);
  }

  private static String run(String script, String word, @Nullable Path folder)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getenv("TWINFLOW_ROOT"), "peers", script).toString(), word);
    if (folder != null) {
      builder.environment().put("TWINFLOW_PEERS", folder.toString());
    }
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException("peers/%s %s: exit code %d, %s".formatted(script, word, code, said));
    }
    return said;
  }
}
