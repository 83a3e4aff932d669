package io.twinflow.executors.serverless.oscar;

import io.twinflow.executors.api.token.Tokens;
import io.twinflow.executors.serverless.attempts.Limits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A site of OSCAR.
 *
 * @param site its name in the configuration
 * @param endpoint of the cluster's OSCAR manager
 * @param root of the attempts' folders, as the services see it
 * @param services what all services are made with
 * @param ownJobNames whether jobs get the names of their attempts, by a header that OSCAR has for
 *     jobs that come from other clusters; a job is then found by its name before it has started
 * @param keep a service that nobody has used for that long is deleted
 */
public record OscarOptions(
    String site,
    URI endpoint,
    Access access,
    Path root,
    Services services,
    boolean ownJobNames,
    Duration keep,
    Limits limits) {

  /** How OSCAR knows who calls. */
  public sealed interface Access {
    /**
     * The administrator, or another user of basic authentication.
     *
     * @param password where it comes from
     */
    record Basic(String user, Tokens password) implements Access {}

    /** A user of an OpenID provider that the cluster trusts. */
    record Bearer(Tokens tokens) implements Access {}
  }

  /**
   * @param image for tools that name none
   * @param volume the managed volume that has the root; empty if there is no need of one
   * @param vo the virtual organisation; empty for OSCAR's own choice
   * @param pullSecrets for private registries
   */
  public record Services(
      String image,
      Optional<String> volume,
      Optional<String> vo,
      List<String> pullSecrets,
      Map<String, String> labels,
      Map<String, String> annotations) {

    public static final Services PLAIN =
        new Services(
            "debian:stable-slim",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of(),
            Map.of());

    public Services {
      pullSecrets = List.copyOf(pullSecrets);
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
    }
  }

  public static OscarOptions at(URI endpoint, Access access, Path root) {
    return new OscarOptions(
        "oscar",
        endpoint,
        access,
        root,
        Services.PLAIN,
        false,
        Duration.ofHours(1),
        Limits.DEFAULT);
  }

  public OscarOptions withLimits(Limits other) {
    return new OscarOptions(site, endpoint, access, root, services, ownJobNames, keep, other);
  }

  public OscarOptions withOwnJobNames() {
    return new OscarOptions(site, endpoint, access, root, services, true, keep, limits);
  }

  public OscarOptions withKeep(Duration time) {
    return new OscarOptions(site, endpoint, access, root, services, ownJobNames, time, limits);
  }
}
