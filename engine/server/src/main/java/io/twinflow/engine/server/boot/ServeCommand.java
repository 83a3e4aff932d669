package io.twinflow.engine.server.boot;

import io.twinflow.engine.server.TwinflowServer;
import io.twinflow.engine.server.data.StoreSettings;
import io.twinflow.engine.server.queue.StartLimits;
import java.net.URI;
import java.nio.file.Files;
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
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "Listen with TLS: the server's certificate and its chain, as PEM.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description =
          "The key of the certificate, as PEM. Both files are read again when they change.")
  private @Nullable Path key;

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
      names = "--allow-tool-network",
      description =
          "Give the network to tools that ask for it (NetworkAccess); they then reach the services"
              + " of this machine, its network and its cloud, as 169.254.169.254.")
  private boolean allowToolNetwork;

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
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "${COMPLETION-CANDIDATES}; json writes an object a line, with the run it is about"
              + " (default: ${DEFAULT-VALUE}).")
  private LogFormat logFormat = LogFormat.text;

  @Option(
      names = "--otlp",
      paramLabel = "URL",
      description =
          "Send a trace of each run that has ended to this OpenTelemetry collector, by OTLP over"
              + " HTTP, as http://localhost:4318; also by OTEL_EXPORTER_OTLP_ENDPOINT.")
  private @Nullable URI otlp;

  @Option(
      names = "--limit",
      paramLabel = "OF/NAME/WHAT=N",
      description =
          "At most N runs or tasks at once, or queued runs, of a site, subject or workflow; * is for"
              + " all that have none of their own, as in subject/*/tasks=8. Kept in the database, where"
              + " /api/v1/limits shows and changes it; may be given several times.")
  private String[] limits = {};

  @Option(
      names = "--keep-free",
      paramLabel = "MIB",
      defaultValue = "256",
      description =
          "Take no submission with less free disk in the data folder (default: ${DEFAULT-VALUE}).")
  private long keepFree = 256;

  @Option(
      names = "--store",
      paramLabel = "s3://[NAME@]BUCKET[/PREFIX]",
      description =
          "Keep what runs make in an object store instead of the data folder; servers that share it"
              + " and a database need not share a data folder.")
  private @Nullable String store;

  @Option(
      names = "--s3",
      paramLabel = "FILE",
      description =
          "The object stores: [NAME] and lines endpoint, region, access_key, secret_key and read (what"
              + " people may name as inputs: BUCKET or BUCKET/PREFIX …). Without it TWINFLOW_S3_ENDPOINT"
              + " and its like say it for one.")
  private @Nullable Path stores;

  @Option(
      names = "--most-input",
      paramLabel = "GIB",
      defaultValue = "100",
      description =
          "The most that is fetched for one run from the web and from object stores, in GiB (default:"
              + " ${DEFAULT-VALUE}).")
  private long mostInput = 100;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The sites beside this machine where tasks may run (default: twinflow.yaml in the data folder,"
              + " if it is there).")
  private @Nullable Path config;

  @Option(
      names = "--stop-when-up",
      description = "Start, and stop again: tells whether this would work.")
  private boolean stopWhenUp;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Listening listening = new Listening(address, port, tls());
    if (listening.inTheClear() && !allowPlainHttp) {
      throw wrong(
          "--address %s listens beyond this machine, and without TLS the tokens of all users could be read on the way: give --tls-certificate and --tls-key, put a proxy with TLS before it, or say --allow-plain-http"
              .formatted(address));
    }
    for (Path root : allowedRoots) {
      if (!Files.isDirectory(root)) {
        throw wrong("--allow-root %s: there is no such folder".formatted(root));
      }
    }
    ServerSettings settings =
        ServerSettings.in(data())
            .withDb(db)
            .withListening(listening)
            .withTrust(
                new Trust(
                    allowUnsandboxed,
                    allowToolNetwork,
                    List.of(allowedRoots),
                    List.of(allowedUrls)))
            .withSeeing(new Seeing(logFormat, Seeing.collector(otlp)))
            .withLimits(startLimits())
            .withStores(new StoreSettings(store, stores, mostInput << 30))
            .withConfig(config == null ? null : config.toAbsolutePath());
    OnSignals.install();
    ConfigurableApplicationContext server = TwinflowServer.start(settings);
    if (stopWhenUp) {
      server.close();
    }
    return 0;
  }

  /** Where it was told to keep everything. */
  public Path data() {
    return data.toAbsolutePath().normalize();
  }

  private StartLimits startLimits() {
    try {
      return new StartLimits(List.of(limits), keepFree);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private Listening.@Nullable Tls tls() {
    if (certificate != null && key != null) {
      return new Listening.Tls(certificate, key);
    }
    if (certificate != null || key != null) {
      throw wrong("--tls-certificate and --tls-key go together: one of them is missing");
    }
    return null;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
