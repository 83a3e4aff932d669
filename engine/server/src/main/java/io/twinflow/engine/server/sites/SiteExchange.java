package io.twinflow.engine.server.sites;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.site.ExchangeSettings;
import io.twinflow.engine.core.site.SitesFile;
import io.twinflow.engine.server.boot.DataFolder;
import io.twinflow.engine.server.data.StorePrefix;
import io.twinflow.engine.server.runs.RunSubjects;
import io.twinflow.engine.stores.s3.S3Store;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.api.site.InvalidSiteException;
import io.twinflow.executors.bundle.remote.TicketKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * How sites that share no folder with this server exchange files with it: in the server's own
 * store, where the outputs of attempts lie at once where those of all others are put.
 *
 * @param exchange empty if the configuration has none
 */
public record SiteExchange(Optional<Exchange> exchange) {

  private static final String TENANT = "default";

  /**
   * @throws InvalidSiteException if the configuration asks for what this server does not have
   */
  public static SiteExchange of(
      SitesFile configuration, ArtifactStore store, DataFolder folder, RunSubjects subjects)
      throws IOException, InvalidSiteException {
    Optional<ExchangeSettings> settings = configuration.exchange();
    if (settings.isEmpty()) {
      return new SiteExchange(Optional.empty());
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
    if (!(store instanceof S3Store objects)) {
      throw new InvalidSiteException(
          "exchange: sites exchange files with a server in its object store, and this one has none; start it with --store s3://BUCKET/PREFIX and --s3 FILE");
    }
    return new SiteExchange(
        Optional.of(
            new Exchange(
                objects.place(),
                settings.get().at(TicketController.PATH.substring(1)),
                TicketKey.secretIn(folder.ticketKey()),
                attempt -> folderOf(attempt, subjects))));
  }

  /** As in a data folder, so that it stays and goes with the run. */
  private static String folderOf(AttemptKey attempt, RunSubjects subjects) {
    String subject =
        subjects
            .of(attempt.run())
            .orElseThrow(
                () -> new IllegalArgumentException("there is no run %s".formatted(attempt.run())));
    return "%sruns/%s/work/%d.%d"
        .formatted(
            StorePrefix.of(TENANT, subject), attempt.run(), attempt.task(), attempt.attempt());
  }
}
