package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
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
   * @throws InvalidSettingException if the folder cannot be used
   */
  Ground open(Settings settings) throws InvalidSettingException;

  /** A folder that the engine and the site see under the same name. */
  record Shared(Path root) implements GroundSettings {
    @Override
    public Ground open(Settings settings) throws InvalidSettingException {
      try {
        return new SharedFolder(settings.name(), root);
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
    public Ground open(Settings settings) {
      return new RemotePlace(
          settings.name(),
          exchange.place(),
          RemoteTasks.of(exchange, settings.name(), root, new Containers.OfSite()));
    }
  }

  static GroundSettings read(Settings settings, Surroundings surroundings)
      throws InvalidSettingException {
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
