package io.twinflow.engine.server.boot;

import io.twinflow.engine.server.data.StoreSettings;
import io.twinflow.engine.server.queue.StartLimits;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server was started.
 *
 * @param data the folder where everything is kept, absolute
 * @param db the JDBC URL of a shared PostgreSQL; null for a private one in the data folder
 * @param allowUnsandboxed whether tools without a container run with the server's rights
 * @param allowToolNetwork whether tools that ask for the network get it, and with it all that this
 *     machine can reach
 * @param allowedRoots folders whose files submitted runs may read
 * @param allowedUrls what URLs that users name may begin with, besides public addresses
 * @param seeing what is told to the programs that watch it
 * @param limits what bounds people and runs
 * @param stores where outputs go, and from where inputs may come
 */
public record ServerSettings(
    Path data,
    @Nullable String db,
    Listening listening,
    boolean allowUnsandboxed,
    boolean allowToolNetwork,
    List<Path> allowedRoots,
    List<String> allowedUrls,
    Seeing seeing,
    StartLimits limits,
    StoreSettings stores) {
  public ServerSettings {
    allowedRoots = List.copyOf(allowedRoots);
    allowedUrls = List.copyOf(allowedUrls);
  }

  /** A private server on this machine that trusts nobody. */
  public static ServerSettings in(Path data) {
    return new ServerSettings(
        data,
        null,
        Listening.HERE,
        false,
        false,
        List.of(),
        List.of(),
        Seeing.NOTHING,
        StartLimits.NONE,
        StoreSettings.FOLDER);
  }

  /** Who trusts tools with the machine trusts them with its network. */
  public boolean toolsHaveNetwork() {
    return allowToolNetwork || allowUnsandboxed;
  }

  public ServerSettings withDb(@Nullable String url) {
    return new ServerSettings(
        data,
        url,
        listening,
        allowUnsandboxed,
        allowToolNetwork,
        allowedRoots,
        allowedUrls,
        seeing,
        limits,
        stores);
  }

  public ServerSettings withListening(Listening place) {
    return new ServerSettings(
        data,
        db,
        place,
        allowUnsandboxed,
        allowToolNetwork,
        allowedRoots,
        allowedUrls,
        seeing,
        limits,
        stores);
  }

  public ServerSettings withUnsandboxed(boolean allow) {
    return new ServerSettings(
        data,
        db,
        listening,
        allow,
        allowToolNetwork,
        allowedRoots,
        allowedUrls,
        seeing,
        limits,
        stores);
  }

  public ServerSettings withToolNetwork(boolean allow) {
    return new ServerSettings(
        data,
        db,
        listening,
        allowUnsandboxed,
        allow,
        allowedRoots,
        allowedUrls,
        seeing,
        limits,
        stores);
  }

  public ServerSettings withAllowedRoots(List<Path> roots) {
    return new ServerSettings(
        data,
        db,
        listening,
        allowUnsandboxed,
        allowToolNetwork,
        roots,
        allowedUrls,
        seeing,
        limits,
        stores);
  }

  public ServerSettings withAllowedUrls(List<String> urls) {
    return new ServerSettings(
        data,
        db,
        listening,
        allowUnsandboxed,
        allowToolNetwork,
        allowedRoots,
        urls,
        seeing,
        limits,
        stores);
  }

  public ServerSettings withSeeing(Seeing newSeeing) {
    return new ServerSettings(
        data,
        db,
        listening,
        allowUnsandboxed,
        allowToolNetwork,
        allowedRoots,
        allowedUrls,
        newSeeing,
        limits,
        stores);
  }

  public ServerSettings withLimits(StartLimits newLimits) {
    return new ServerSettings(
        data,
        db,
        listening,
        allowUnsandboxed,
        allowToolNetwork,
        allowedRoots,
        allowedUrls,
        seeing,
        newLimits,
        stores);
  }

  public ServerSettings withStores(StoreSettings places) {
    return new ServerSettings(
        data,
        db,
        listening,
        allowUnsandboxed,
        allowToolNetwork,
        allowedRoots,
        allowedUrls,
        seeing,
        limits,
        places);
  }
}
