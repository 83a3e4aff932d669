package io.twinflow.engine.cli.client;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.Invocation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server, and by what right. */
public final class ServerOption {

  private static final String HERE = "http://127.0.0.1:8080";
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final String ADMIN_TOKEN = "twinflow-data/admin-token";

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "The server (default: $TWINFLOW_SERVER or "
              + HERE
              + "; cancel, logs and retry mean runs of this machine where neither is given).")
  private @Nullable String server;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Holds the token (default: what $TWINFLOW_TOKEN says, or " + ADMIN_TOKEN + " here).")
  private @Nullable String tokenFile;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "For https: trust the certificates in this PEM file, and no others (default:"
              + " $TWINFLOW_CA_FILE, or what Java trusts).")
  private @Nullable String caFile;

  /** Whether a server is meant at all, where a command also has a meaning without one. */
  public boolean isGiven(Invocation invocation) {
    return server != null || invocation.env("TWINFLOW_SERVER").isPresent();
  }

  public Connection connect(Invocation invocation) throws CliException {
    String chosen = server;
    String url = chosen == null ? invocation.env("TWINFLOW_SERVER").orElse(HERE) : chosen;
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw CliException.usage("--server " + url + ": expected a URL, as in " + HERE);
    }
    try {
      URI base = URI.create(url.replaceFirst("/+$", ""));
      return new Connection(base, token(invocation), client(invocation, base));
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, "--server " + url + ": is no URL", e);
    }
  }

  private HttpClient client(Invocation invocation, URI base) throws CliException {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(CONNECT);
    EnvironmentProxy.of(invocation, base).ifPresent(client::proxy);
    String file = caFile == null ? invocation.env("TWINFLOW_CA_FILE").orElse("") : caFile;
    if (!file.isEmpty()) {
      client.sslContext(TrustedCa.of(invocation.resolve(file)));
    }
    return client.build();
  }

  private String token(Invocation invocation) throws CliException {
    String chosen = tokenFile;
    if (chosen != null) {
      return read(invocation.resolve(chosen));
    }
    String given = invocation.env("TWINFLOW_TOKEN").orElse("");
    if (!given.isEmpty()) {
      return given.strip();
    }
    Path admin = invocation.resolve(ADMIN_TOKEN);
    if (Files.isReadable(admin)) {
      return read(admin);
    }
    throw CliException.usage(
        "which token? Give --token-file FILE or set TWINFLOW_TOKEN; the administrator's is in the server's data folder, in admin-token");
  }

  private static String read(Path file) throws CliException {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILURE, file + ": the token cannot be read: " + e.getMessage(), e);
    }
  }
}
