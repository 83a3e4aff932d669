package io.twinflow.engine.stores.place;

import com.sun.net.httpserver.HttpHandler;
import io.twinflow.engine.stores.folder.DeskHandler;
import io.twinflow.engine.stores.folder.FileDesk;
import io.twinflow.engine.stores.folder.FolderPlace;
import io.twinflow.engine.stores.s3.Gateway;
import io.twinflow.engine.stores.s3.S3Bucket;
import io.twinflow.engine.stores.s3.S3Place;
import io.twinflow.engine.stores.s3.S3Site;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.files.FolderTree;
import io.twinflow.executors.api.place.Callbacks;
import io.twinflow.executors.api.place.ObjectPlace;
import io.twinflow.executors.bundle.Containers;
import io.twinflow.executors.bundle.remote.RemoteNames;
import io.twinflow.executors.bundle.remote.RemoteTasks;
import io.twinflow.executors.bundle.remote.TicketKey;
import io.twinflow.executors.bundle.remote.TicketListener;
import io.twinflow.executors.bundle.remote.TicketOffice;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A bucket, an office with tickets for it, and a machine that starts attempts as processes. */
final class StoreBench implements AutoCloseable {

  static final String INSTALLATION = "contract";

  private static final TicketKey KEY =
      new TicketKey("nobody can guess this, can they?".getBytes(StandardCharsets.UTF_8));

  final ObjectPlace place;
  final RemoteNames names = RemoteNames.of("test");
  final RemoteTasks tasks;
  private final @Nullable S3Bucket bucket;
  private final TicketListener listener;
  private volatile @Nullable HttpHandler desk;
  private final Path root;
  private volatile @Nullable Consumer<String> beforeAnswer;
  private volatile @Nullable URI elsewhere;
  private final List<Process> started = new ArrayList<>();

  /**
   * @param root of the machine's folders
   * @param valid how long URLs may be used
   */
  StoreBench(Path root, Duration valid) throws IOException {
    this(root, valid, Gateway.site());
  }

  StoreBench(Path root, Duration valid, S3Site site) throws IOException {
    this(root, valid, Gateway.newBucket(site));
  }

  /** A folder of which the same listener answers for the files. */
  static StoreBench ofFolder(Path root, Duration valid) throws IOException {
    return new StoreBench(root, valid, (S3Bucket) null);
  }

  private StoreBench(Path root, Duration valid, @Nullable S3Bucket bucket) throws IOException {
    this.root = root;
    this.bucket = bucket;
    AtomicReference<TicketOffice> office = new AtomicReference<>();
    this.listener =
        new TicketListener(
            (attempt, question) -> answer(Objects.requireNonNull(office.get()), attempt, question),
            new Callbacks(),
            Map.of("/files/", exchange -> Objects.requireNonNull(desk).handle(exchange)),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    this.place = bucket == null ? folder() : new S3Place(bucket, "tests/");
    office.set(new TicketOffice(INSTALLATION, place, name -> names, KEY, valid));
    this.tasks = tasks(listener.url().resolve("test"));
  }

  private ObjectPlace folder() throws IOException {
    FolderPlace folder =
        new FolderPlace(
            root.resolve("place"),
            listener.url().resolve("/files/"),
            "nobody can guess this one, can they?");
    desk = new DeskHandler(new FileDesk(folder));
    return folder;
  }

  private TicketOffice.Answer answer(TicketOffice office, String attempt, String question) {
    TicketOffice.Answer answer = office.answer(attempt, question);
    String word = question.split("\n", -1)[1].split(" ", -1)[0];
    Consumer<String> hook = beforeAnswer;
    if (hook != null) {
      hook.accept(word);
    }
    URI other = elsewhere;
    return other != null && word.equals("put")
        ? new TicketOffice.Answer(200, (other + "\n").repeat(question.split("\n", -1).length - 2))
        : answer;
  }

  /** Files are put there, and not where the office says. */
  void putElsewhere(URI url) {
    elsewhere = url;
  }

  /** Told which word was asked, before the answer goes out; takes its time if it likes. */
  void beforeAnswer(Consumer<String> hook) {
    beforeAnswer = hook;
  }

  RemoteTasks tasks(URI tickets) {
    return new RemoteTasks(
        place, names, KEY, tickets, root.resolve("site"), new Containers.OfSite());
  }

  /** An object of the place, as a file. */
  Path download(String location) throws IOException {
    String name = place.name(URI.create(location)).orElseThrow();
    Path copy = root.resolve("copy");
    try (InputStream in = place.open(place.find(name).orElseThrow(), 0)) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }

  /** Starts the script for an attempt. */
  Process start(Client client, AttemptKey attempt, Map<String, String> more) throws IOException {
    Path script = root.resolve("twinflow.sh");
    if (!Files.exists(script)) {
      Files.writeString(script, RemoteTasks.script());
    }
    Map<String, String> environment = new LinkedHashMap<>(tasks.environment(attempt));
    environment.put("TWINFLOW_LOG_SECONDS", "1");
    environment.put("TWINFLOW_PATIENCE", "45");
    environment.putAll(more);
    Process process = client.command(script, root.resolve("bin"), environment).start();
    started.add(process);
    return process;
  }

  @Override
  public void close() throws IOException {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (Files.exists(root.resolve("bin"))) {
      FolderTree.delete(root.resolve("bin"));
    }
    listener.close();
    if (bucket != null) {
      bucket.close();
    }
  }
}
