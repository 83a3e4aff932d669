package io.twinflow.engine.server.boot;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server was started.
 *
 * @param data the folder where everything is kept, absolute
 * @param db the JDBC URL of a shared PostgreSQL; null for a private one in the data folder
 * @param allowUnsandboxed whether tools without a container run with the server's rights
 * @param allowedRoots folders whose files submitted runs may read
 * @param allowedUrls what URLs that users name may begin with, besides public addresses
 */
public record ServerSettings(
    Path data,
    @Nullable String db,
    String address,
    int port,
    boolean allowUnsandboxed,
    List<Path> allowedRoots,
    List<String> allowedUrls) {
  public ServerSettings {
    allowedRoots = List.copyOf(allowedRoots);
    allowedUrls = List.copyOf(allowedUrls);
  }
}
