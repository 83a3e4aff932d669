package io.twinflow.engine.cli.command;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.artifact.FileArtifacts;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.engine.core.site.ExchangeSettings;
import io.twinflow.engine.stores.near.KnownDigests;
import io.twinflow.engine.stores.near.NearCopies;
import io.twinflow.engine.stores.near.StoreInputs;
import io.twinflow.engine.stores.near.StoredArtifacts;
import io.twinflow.engine.stores.s3.OpenS3;
import io.twinflow.engine.stores.s3.S3Inputs;
import io.twinflow.engine.stores.s3.S3Rules;
import io.twinflow.engine.stores.s3.S3Sites;
import io.twinflow.engine.stores.s3.S3Store;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.api.place.ObjectPlace;
import io.twinflow.executors.api.site.InvalidSiteException;
import io.twinflow.executors.bundle.remote.TicketKey;
import io.twinflow.executors.bundle.remote.UnusedInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** The object store through which the command exchanges files with sites that share no folder. */
final class CommandExchange implements AutoCloseable {

  private final S3Store store;
  private final Exchange exchange;
  private final RemoteInputs remote;
  private final Artifacts artifacts;

  private CommandExchange(S3Store store, Exchange exchange, RemoteInputs remote) {
    this.store = store;
    this.exchange = exchange;
    this.remote = remote;
    this.artifacts = new StoredArtifacts(new FileArtifacts(), store, remote, new KnownDigests());
  }

  static CommandExchange open(ExchangeSettings settings, Path home, RemoteInputs http)
      throws IOException, InvalidSiteException {
    String place =
        settings
            .store()
            .orElseThrow(() ->
                settings
                    .written()
                    .wrong("store", "the bucket for the files of runs, as s3://BUCKET/PREFIX"));
    S3Sites accounts = S3Sites.of(settings.accounts().orElse(null));
    S3Store store =
        OpenS3.at(place, accounts, new OpenS3.Words("exchange.store", "exchange.accounts"));
    RemoteInputs others =
        new S3Inputs(new S3Rules(accounts.rules()), home.resolve("inputs"), _ -> {});
    RemoteInputs inputs =
        new StoreInputs(store, new NearCopies(store, home.resolve("near")), others, http, true);
    Exchange exchange =
        new Exchange(
            store.place(),
            settings.at("tickets/"),
            TicketKey.secretIn(home.resolve("ticket-key")),
            CommandExchange::folderOf);
    return new CommandExchange(store, exchange, inputs);
  }

  private static String folderOf(AttemptKey attempt) {
    return "%s/work/%d.%d".formatted(folderOf(attempt.run()), attempt.task(), attempt.attempt());
  }

  private static String folderOf(String run) {
    return "runs/" + run;
  }

  /**
   * @throws IOException if the store cannot be used
   */
  void check() throws IOException {
    store.check();
  }

  Exchange exchange() {
    return exchange;
  }

  /** What is fetched before a tool of this machine reads it. */
  RemoteInputs remote() {
    return remote;
  }

  Artifacts artifacts() {
    return artifacts;
  }

  /** Deletes what sites have left of a run that is gone. */
  void forget(RunId run) throws IOException {
    String folder = folderOf(run.value()) + "/";
    ObjectPlace place = exchange.place();
    place.abandon(folder);
    for (ObjectPlace.Found left : place.list(folder)) {
      place.delete(left.name());
    }
  }

  /** Deletes copies of inputs that no site needs any more. */
  void sweep() throws IOException {
    new UnusedInputs(exchange.place()).delete(Instant.now());
  }

  @Override
  public void close() {
    store.close();
  }
}
