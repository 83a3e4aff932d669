package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.api.place.ObjectPlace;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.Attempts;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import io.twinflow.executors.bundle.Containers;
import io.twinflow.executors.bundle.RecordText;
import io.twinflow.executors.bundle.ResultRecord;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Attempts at one site that shares no folder with the engine: all that an executor needs but the
 * site's own language. It {@link #write}s an attempt, has the site run {@link #script} with the
 * {@link #environment} (the token is a secret: never in a script or command line), {@link #look}s
 * for ends with one request for all attempts, and reads records, outputs and logs from the place.
 *
 * <p>The script takes one argument, and all of it is done without one: {@code fetch} (claims the
 * attempt, puts inputs and texts into the folder), {@code run} (runs the tool; needs sh alone),
 * {@code send} (waits for the tool's end, sends logs meanwhile, then outputs and the record). The
 * three may run in three containers that share the folder, as one user. Exit code 0 says that the
 * script did its part, not how the tool ended; 78 (EX_CONFIG) that the image lacks something, with
 * words on stderr.
 */
public final class RemoteTasks implements Attempts {

  private static final int MOST_NOTE = 64 << 10;
  private static final int MOST_RECORD = 256 << 20;

  private final ObjectPlace place;
  private final RemoteNames names;
  private final TicketKey key;
  private final URI tickets;
  private final Path root;
  private final Containers containers;
  private final InputObjects objects;

  /**
   * @param tickets where the site reaches a {@link TicketOffice}, with the site's name at its end;
   *     the attempt's key is added
   * @param root the folder in which the site makes folders of attempts, absolute; it need not be
   *     there before
   */
  public RemoteTasks(
      ObjectPlace place,
      RemoteNames names,
      TicketKey key,
      URI tickets,
      Path root,
      Containers containers) {
    this.place = place;
    this.names = names;
    this.key = key;
    this.tickets = tickets;
    this.root = root;
    this.containers = containers;
    this.objects = new InputObjects(place, names);
  }

  /** The same from what an engine offers to its sites. */
  public static RemoteTasks of(Exchange exchange, String site, Path root, Containers containers) {
    String tickets = exchange.tickets().toString();
    return new RemoteTasks(
        exchange.place(),
        RemoteNames.of(site, exchange.folder()),
        TicketKey.of(exchange),
        URI.create((tickets.endsWith("/") ? tickets : tickets + "/") + site),
        root,
        containers);
  }

  /** What an administrator must know about the store; asks it. */
  public List<Finding> check() {
    return new PlaceCheck(place, names, tickets).findings();
  }

  /** The attempt's folder, as the site sees it. */
  public BundleFolder folder(AttemptKey attempt) {
    return BundleFolder.of(root, attempt);
  }

  @Override
  public Layout layout(AttemptKey attempt, boolean inContainer) {
    return containers.layout(folder(attempt), inContainer);
  }

  @Override
  public Set<String> reaches() {
    return Set.of("file", "http", "https", "s3");
  }

  /** Puts what the site needs into the place, inputs too. */
  @Override
  public void write(TaskSpec task) throws IOException, AttemptFailure {
    RemoteOrder order = RemoteOrder.of(task, folder(task.attempt()), objects, containers);
    put(names.inputs(task.attempt()), order.fetches().text());
    put(names.order(task.attempt()), order.text());
  }

  @Override
  public void fail(AttemptKey attempt, AttemptFailure failure, Instant now) throws IOException {
    place.putIfAbsent(
        names.record(attempt),
        ResultRecord.ofFailure(failure, now).getBytes(StandardCharsets.UTF_8));
  }

  private void put(String name, String text) throws IOException {
    place.put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What the site runs, by {@code sh FILE} or {@code sh -c TEXT twinflow}: the same for all
   * attempts, and nothing in it is secret.
   */
  public static String script() {
    return RemoteScript.TEXT;
  }

  /**
   * What the script is told: {@code TWINFLOW_TOKEN} is a secret, the others are not. An executor
   * may add {@code TWINFLOW_SITE_ID} (what the site calls the job; else the host's name), {@code
   * TWINFLOW_PATIENCE} (seconds for which a store or engine may be away, else six hours), {@code
   * TWINFLOW_LOG_SECONDS} (between parts of logs, else 5) and {@code TWINFLOW_PART_MIB} (of larger
   * files, else 64).
   */
  public Map<String, String> environment(AttemptKey attempt) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("TWINFLOW_FOLDER", folder(attempt).path().toString());
    environment.put("TWINFLOW_TICKET", tickets() + attempt.value());
    environment.put("TWINFLOW_TOKEN", token(attempt));
    return environment;
  }

  /** What begins {@code TWINFLOW_TICKET}; an attempt's key is its end. */
  public String tickets() {
    String base = tickets.toString();
    return base.endsWith("/") ? base : base + "/";
  }

  /** {@code TWINFLOW_TOKEN}, a secret of this attempt alone. */
  public String token(AttemptKey attempt) {
    return key.token(attempt);
  }

  /** What is known of all attempts that are not released. */
  public record Seen(Set<String> claimed, Set<String> ended) {

    /** Whether somebody has claimed it: who runs it, or who revoked it. */
    public boolean isClaimed(AttemptKey attempt) {
      return claimed.contains(attempt.value());
    }

    /** Whether there is a record. */
    public boolean hasEnded(AttemptKey attempt) {
      return ended.contains(attempt.value());
    }
  }

  /** One request for each five hundred attempts of this site that are not released. */
  public Seen look() throws IOException {
    Set<String> claimed = new HashSet<>();
    Set<String> ended = new HashSet<>();
    for (ObjectPlace.Found found : place.list(names.news())) {
      String[] parts = found.name().substring(names.news().length()).split("/", -1);
      if (parts.length == 2) {
        switch (parts[1]) {
          case "claim" -> claimed.add(parts[0]);
          case "record" -> ended.add(parts[0]);
          default -> {}
        }
      }
    }
    return new Seen(claimed, ended);
  }

  @Override
  public boolean isClaimed(AttemptKey attempt) throws IOException {
    return place.find(names.claim(attempt)).isPresent();
  }

  @Override
  public Optional<TaskResult> result(AttemptKey attempt, Instant queued) throws IOException {
    Optional<String> text = record(attempt);
    return text.isEmpty()
        ? Optional.empty()
        : ResultRecord.parse(place.location(names.record(attempt)).toString(), text.get(), queued);
  }

  private Optional<String> record(AttemptKey attempt) throws IOException {
    return place
        .get(names.record(attempt), MOST_RECORD)
        .map(text -> new String(text, StandardCharsets.UTF_8));
  }

  @Override
  public OutputFolder outputs(TaskSpec task) throws IOException {
    AttemptKey attempt = task.attempt();
    String record =
        record(attempt)
            .orElseThrow(() ->
                new NoSuchFileException(
                    place.location(names.record(attempt)).toString(), null, "it has no record"));
    RecordedTree tree = RecordedTree.of(record);
    Fetches fetches = Fetches.read(place, names.inputs(attempt));
    return new RecordedFolder(
        place, names, attempt, tree, new RecordedPaths(task, folder(attempt), tree, fetches));
  }

  /** As far as it was sent. A stream that goes to a file is read from there when it has ended. */
  @Override
  public InputStream log(AttemptKey attempt, LogStream stream) throws IOException {
    Optional<byte[]> file = place.get(names.logFile(attempt, stream), MOST_NOTE);
    if (file.isEmpty()) {
      return RemoteLog.open(place, names.log(attempt, stream));
    }
    String path = RecordText.plain(new String(file.get(), StandardCharsets.UTF_8));
    Optional<ObjectPlace.Found> found =
        place.find(names.out(attempt, path.replaceFirst("^out/", "")));
    return found.isEmpty() ? InputStream.nullInputStream() : place.open(found.get(), 0);
  }

  @Override
  public String whereabouts(AttemptKey attempt) {
    String out = place.location(names.out(attempt, "x")).toString();
    return out.substring(0, out.length() - "/out/x".length());
  }

  @Override
  public boolean revoke(AttemptKey attempt, Revocation why) throws IOException {
    return place.putIfAbsent(
        names.claim(attempt), ("revoked=" + why + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** For attempts that run there without the script. */
  public RemoteEnd elsewhere() {
    return new RemoteEnd(place, names);
  }

  private Optional<String> claim(AttemptKey attempt) throws IOException {
    return place
        .get(names.claim(attempt), 1 << 10)
        .map(claim -> new String(claim, StandardCharsets.UTF_8));
  }

  /** What the site calls the job that has claimed it; empty if none has, or it did not say. */
  public Optional<String> startedBy(AttemptKey attempt) throws IOException {
    return claim(attempt)
        .flatMap(RemoteClaim::read)
        .map(RemoteClaim::job)
        .filter(job -> !job.isEmpty());
  }

  @Override
  public Optional<Revocation> revocation(AttemptKey attempt) throws IOException {
    return claim(attempt)
        .map(String::strip)
        .filter(claim -> claim.startsWith("revoked="))
        .map(claim -> Revocation.valueOf(claim.substring("revoked=".length())));
  }

  /**
   * Removes what only the attempt used: its order with all secrets, so that its token is worth
   * nothing any more, and its notes. Outputs and logs stay.
   */
  @Override
  public void release(AttemptKey attempt) throws IOException {
    new SecretOutputs(place, names, attempt).erase();
    for (String note :
        List.of(
            names.order(attempt),
            names.inputs(attempt),
            names.kept(attempt),
            names.record(attempt),
            names.claim(attempt))) {
      place.delete(note);
    }
  }
}
