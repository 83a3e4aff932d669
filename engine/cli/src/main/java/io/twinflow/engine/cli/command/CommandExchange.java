package io.twinflow.engine.cli.command;

import com.sun.net.httpserver.HttpHandler;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.artifact.FileArtifacts;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.engine.core.site.ExchangeSettings;
import io.twinflow.engine.stores.folder.DeskHandler;
import io.twinflow.engine.stores.folder.FileDesk;
import io.twinflow.engine.stores.folder.FolderPlace;
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
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.bundle.remote.TicketKey;
import io.twinflow.executors.bundle.remote.UnusedInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the command exchanges files through with sites that share no folder with it: an object
 * store, or its own folder, of which it answers for the files itself.
 */
final class CommandExchange implements AutoCloseable {

  private static final String FILES = "files/";

  private final Exchange exchange;
  private final RemoteInputs remote;
  private final Artifacts artifacts;
  private final Map<String, HttpHandler> desks;
  private final Optional<S3Store> store;

  private CommandExchange(
      Exchange exchange,
      RemoteInputs remote,
      Artifacts artifacts,
      Map<String, HttpHandler> desks,
      Optional<S3Store> store) {
    this.exchange = exchange;
    this.remote = remote;
    this.artifacts = artifacts;
    this.desks = desks;
    this.store = store;
  }

  static CommandExchange open(ExchangeSettings settings, Path home, RemoteInputs http)
      throws IOException, InvalidSettingException {
    if (settings.store().isPresent()) {
      return inStore(settings.store().get(), settings, home, http);
    }
    if (settings.accounts().isPresent()) {
      throw settings
          .written()
          .wrong("accounts", "store: s3://BUCKET/PREFIX beside it, of which it has the account");
    }
    return inFolder(settings, home, http);
  }

  private static CommandExchange inStore(
      String place, ExchangeSettings settings, Path home, RemoteInputs http) throws IOException {
    S3Sites accounts = S3Sites.of(settings.accounts().orElse(null));
    S3Store store =
        OpenS3.at(place, accounts, new OpenS3.Words("exchange.store", "exchange.accounts"));
    RemoteInputs others =
        new S3Inputs(new S3Rules(accounts.rules()), home.resolve("inputs"), _ -> {});
    RemoteInputs inputs =
        new StoreInputs(store, new NearCopies(store, home.resolve("near")), others, http, true);
    return new CommandExchange(
        exchange(settings, store.place(), secret(home)),
        inputs,
        new StoredArtifacts(new FileArtifacts(), store, inputs, new KnownDigests()),
        Map.of(),
        Optional.of(store));
  }

  private static CommandExchange inFolder(ExchangeSettings settings, Path home, RemoteInputs http)
      throws IOException {
    String secret = secret(home);
    FolderPlace place = new FolderPlace(home, settings.at(FILES), secret);
    return new CommandExchange(
        exchange(settings, place, secret),
        http,
        new FileArtifacts(),
        Map.of("/" + FILES, new DeskHandler(new FileDesk(place))),
        Optional.empty());
  }

  private static String secret(Path home) throws IOException {
    return TicketKey.secretIn(home.resolve("ticket-key"));
  }

  private static Exchange exchange(ExchangeSettings settings, ObjectPlace place, String secret) {
    return new Exchange(place, settings.at("tickets/"), secret, CommandExchange::folderOf);
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
    if (store.isPresent()) {
      store.get().check();
    }
  }

  Exchange exchange() {
    return exchange;
  }

  /** What answers for files beside the tickets, by the beginning of the path. */
  Map<String, HttpHandler> desks() {
    return desks;
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
    store.ifPresent(S3Store::close);
  }
}
