package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.api.site.InvalidSiteException;
import io.twinflow.executors.api.site.SiteSettings;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.bundle.Containers;
import io.twinflow.executors.bundle.remote.RemoteTasks;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Where the attempts of a site lie: in the folder that it shares, or in the engine's store. */
public sealed interface GroundSettings {

  String FOLDER = "folder";

  /** Where all of a site's containers may write, as a rule. */
  Path SCRATCH = Path.of("/tmp/twinflow");

  /** The folder of attempts, as the site sees it. */
  Path root();

  /**
   * @throws InvalidSiteException if the folder cannot be used
   */
  Ground open(SiteSettings settings) throws InvalidSiteException;

  /** A folder that the engine and the site see under the same name. */
  record Shared(Path root) implements GroundSettings {
    @Override
    public Ground open(SiteSettings settings) throws InvalidSiteException {
      try {
        return new SharedFolder(settings.site(), root);
      } catch (UncheckedIOException e) {
        throw settings.wrong(
            FOLDER, "a folder that can be written here (%s)".formatted(e.getMessage()));
      }
    }
  }

  /**
   * A store that both reach.
   *
   * @param root a folder of the site's own, which need not be there before
   */
  record Stored(Path root, Exchange exchange) implements GroundSettings {
    @Override
    public Ground open(SiteSettings settings) {
      return new RemotePlace(
          settings.site(),
          exchange.place(),
          RemoteTasks.of(exchange, settings.site(), root, new Containers.OfSite()));
    }
  }

  static GroundSettings read(SiteSettings settings, Surroundings surroundings)
      throws InvalidSiteException {
    if (settings.has(FOLDER) || surroundings.exchange().isEmpty()) {
      return new Shared(
          settings
              .folder(FOLDER)
              .orElseThrow(() ->
                  settings.wrong(
                      FOLDER,
                      "a folder that this machine and the site see under the same name, as an absolute path; or none, and exchange: beside sites:, a store that both of them reach")));
    }
    return new Stored(
        settings.folder("scratch").orElse(SCRATCH), surroundings.exchange().orElseThrow());
  }
}
