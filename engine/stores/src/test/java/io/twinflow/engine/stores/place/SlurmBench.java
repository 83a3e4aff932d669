package io.twinflow.engine.stores.place;

import static io.twinflow.engine.stores.place.ExchangeBench.section;
import static io.twinflow.engine.stores.place.ExchangeBench.text;
import static org.awaitility.Awaitility.await;

import io.twinflow.engine.stores.s3.S3Site;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.settings.Setting;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The Slurm that {@code peers/slurm} has started, as a site that shares no folder. */
final class SlurmBench implements AutoCloseable {

  static final String IMAGE = "debian:stable-slim";

  private final ExchangeBench exchange;

  SlurmBench(S3Site site) throws IOException {
    exchange = new ExchangeBench(site);
  }

  ExchangeBench exchange() {
    return exchange;
  }

  /** Fields of a site whose node has the podman that {@code peers/podman} has set up. */
  static Map<String, Setting> podman() {
    Map<String, String> environment = new LinkedHashMap<>();
    System.getenv()
        .forEach((name, value) -> {
          if (name.startsWith("CONTAINERS_")) {
            environment.put(name, value);
          }
        });
    return Map.of("container", text("podman"), "containerEnvironment", section(environment));
  }

  /**
   * @param more of the site's fields
   */
  Executor open(Map<String, Setting> more) {
    Map<String, Setting> fields = new LinkedHashMap<>();
    fields.put("rest", text(System.getenv("TWINFLOW_SLURM_URL")));
    fields.put("user", text(System.getenv("TWINFLOW_SLURM_USER")));
    fields.put("token", section(Map.of("environment", "TWINFLOW_SLURM_TOKEN")));
    fields.put("poll", text("100ms"));
    fields.putAll(more);
    return exchange.open("slurm", "hpc", fields);
  }

  /** It asks for the size in the background, and takes any until it knows. */
  Executor withKnownSize(Map<String, Setting> more) {
    Executor executor = open(more);
    await().atMost(Duration.ofMinutes(1)).until(() -> executor.capabilities().cores() < 1_000_000);
    return executor;
  }

  @Override
  public void close() throws IOException {
    exchange.close();
  }
}
