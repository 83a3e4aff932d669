package io.twinflow.engine.server.boot;

import io.twinflow.engine.server.TwinflowServer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code twinflow serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serves workflows to a group: REST, GA4GH WES and OGC API Processes.")
public final class ServeCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "twinflow-data",
      description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("twinflow-data");

  @Option(
      names = "--db",
      paramLabel = "URL",
      description =
          "A PostgreSQL for several servers, as jdbc:postgresql://HOST/DATABASE?user=…; without it"
              + " the server has a private one in the data folder.")
  private @Nullable String db;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "0 takes any free one (default: ${DEFAULT-VALUE}).")
  private int port = 8080;

  @Option(
      names = "--address",
      paramLabel = "IP",
      defaultValue = "127.0.0.1",
      description = "Where to listen (default: ${DEFAULT-VALUE}).")
  private String address = "127.0.0.1";

  @Option(
      names = "--allow-plain-http",
      description = "Listen beyond this machine without TLS; tokens then travel in the clear.")
  private boolean allowPlainHttp;

  @Option(
      names = "--allow-unsandboxed",
      description =
          "Run tools that have no container straight on this machine, with the server's rights.")
  private boolean allowUnsandboxed;

  @Option(
      names = "--allow-root",
      paramLabel = "DIR",
      description = "Workflows may read input files below this folder; may be given several times.")
  private Path[] allowedRoots = {};

  @Option(
      names = "--allow-url",
      paramLabel = "URL",
      description =
          "Documents, inputs and callbacks may have URLs that begin so, also in a private network;"
              + " as http://host:port/path or host[:port]; may be given several times. Other URLs"
              + " must lead to public addresses.")
  private String[] allowedUrls = {};

  @Option(
      names = "--stop-when-up",
      description = "Start, and stop again: tells whether this would work.")
  private boolean stopWhenUp;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (!InetAddress.getByName(address).isLoopbackAddress() && !allowPlainHttp) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--address %s listens beyond this machine, and without TLS the tokens of all users could be read on the way: put a proxy with TLS before it, or say --allow-plain-http"
              .formatted(address));
    }
    ServerSettings settings =
        new ServerSettings(
            data.toAbsolutePath().normalize(),
            db,
            address,
            port,
            allowUnsandboxed,
            List.of(allowedRoots),
            List.of(allowedUrls));
    OnSignals.install();
    ConfigurableApplicationContext server = TwinflowServer.start(settings);
    if (stopWhenUp) {
      server.close();
    }
    return 0;
  }
}
