package io.twinflow.engine.server.sites;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.site.ExchangeSettings;
import io.twinflow.engine.core.site.SitesFile;
import io.twinflow.engine.server.boot.DataFolder;
import io.twinflow.engine.server.data.StorePrefix;
import io.twinflow.engine.server.runs.RunSubjects;
import io.twinflow.engine.stores.folder.FileDesk;
import io.twinflow.engine.stores.folder.FolderPlace;
import io.twinflow.engine.stores.s3.S3Store;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.bundle.remote.TicketKey;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How sites that share no folder with this server exchange files with it: in the server's own
 * store, where the outputs of attempts lie at once where those of all others are put.
 *
 * @param exchange empty if the configuration has none
 * @param desk answers for the files of a server whose store is its own folder
 */
public record SiteExchange(Optional<Exchange> exchange, Optional<FileDesk> desk) {

  private static final String TENANT = "default";

  /**
   * @throws InvalidSettingException if the configuration asks for what this server does not have
   */
  public static SiteExchange of(
      SitesFile configuration, ArtifactStore store, DataFolder folder, RunSubjects subjects)
      throws IOException, InvalidSettingException {
    Optional<ExchangeSettings> settings = configuration.exchange();
    if (settings.isEmpty()) {
      return new SiteExchange(Optional.empty(), Optional.empty());
    }
    for (String field : List.of("store", "accounts", "listen")) {
      if (settings.get().written().has(field)) {
        throw settings
            .get()
            .written()
            .wrong(
                field,
                "nothing: it is for the command. A server exchanges files in its own store (twinflow serve --store s3://BUCKET/PREFIX --s3 FILE) and answers sites where it answers everybody");
      }
    }
    String secret = TicketKey.secretIn(folder.ticketKey());
    URI tickets = settings.get().at(TicketController.PATH.substring(1));
    if (store instanceof S3Store objects) {
      return new SiteExchange(
          Optional.of(
              new Exchange(
                  objects.place(), tickets, secret, attempt -> folderOf(attempt, subjects))),
          Optional.empty());
    }
    FolderPlace place =
        new FolderPlace(
            folder.folder(), settings.get().at(FilesController.PATH.substring(1)), secret);
    return new SiteExchange(
        Optional.of(new Exchange(place, tickets, secret, SiteExchange::folderOf)),
        Optional.of(new FileDesk(place)));
  }

  /** As in a data folder, so that it stays and goes with the run. */
  private static String folderOf(AttemptKey attempt, RunSubjects subjects) {
    String subject =
        subjects
            .of(attempt.run())
            .orElseThrow(
                () -> new IllegalArgumentException("there is no run %s".formatted(attempt.run())));
    return StorePrefix.of(TENANT, subject) + folderOf(attempt);
  }

  private static String folderOf(AttemptKey attempt) {
    return "runs/%s/work/%d.%d".formatted(attempt.run(), attempt.task(), attempt.attempt());
  }
}
