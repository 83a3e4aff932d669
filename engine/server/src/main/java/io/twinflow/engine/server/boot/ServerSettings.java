package io.twinflow.engine.server.boot;

import io.twinflow.engine.server.data.StoreSettings;
import io.twinflow.engine.server.queue.StartLimits;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a server was started.
 *
 * @param data the folder where everything is kept, absolute
 * @param db the JDBC URL of a shared PostgreSQL; null for a private one in the data folder
 * @param trust what submitted runs may do
 * @param seeing what is told to the programs that watch it
 * @param limits what bounds people and runs
 * @param stores where outputs go, and from where inputs may come
 * @param config the file that names sites beside this machine; null for the one in the data folder
 */
public record ServerSettings(
    Path data,
    @Nullable String db,
    Listening listening,
    Trust trust,
    Seeing seeing,
    StartLimits limits,
    StoreSettings stores,
    @Nullable Path config) {

  /** A private server on this machine that trusts nobody. */
  public static ServerSettings in(Path data) {
    return new ServerSettings(
        data,
        null,
        Listening.HERE,
        Trust.NONE,
        Seeing.NOTHING,
        StartLimits.NONE,
        StoreSettings.FOLDER,
        null);
  }

  public ServerSettings withDb(@Nullable String url) {
    return new ServerSettings(data, url, listening, trust, seeing, limits, stores, config);
  }

  public ServerSettings withListening(Listening place) {
    return new ServerSettings(data, db, place, trust, seeing, limits, stores, config);
  }

  public ServerSettings withTrust(Trust newTrust) {
    return new ServerSettings(data, db, listening, newTrust, seeing, limits, stores, config);
  }

  public ServerSettings withSeeing(Seeing newSeeing) {
    return new ServerSettings(data, db, listening, trust, newSeeing, limits, stores, config);
  }

  public ServerSettings withLimits(StartLimits newLimits) {
    return new ServerSettings(data, db, listening, trust, seeing, newLimits, stores, config);
  }

  public ServerSettings withStores(StoreSettings places) {
    return new ServerSettings(data, db, listening, trust, seeing, limits, places, config);
  }

  public ServerSettings withConfig(@Nullable Path file) {
    return new ServerSettings(data, db, listening, trust, seeing, limits, stores, file);
  }
}
