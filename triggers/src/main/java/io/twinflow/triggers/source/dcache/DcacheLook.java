package io.twinflow.triggers.source.dcache;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.Trouble;
import io.twinflow.triggers.source.look.Look;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows a channel of storage events. Each look lists one folder that is to be listed, or takes
 * what the channel has told since; so it never takes long. The position is stored when all is done
 * that the events up to it ask for: whoever goes on from there misses nothing.
 */
final class DcacheLook implements Look {

  private static final Logger LOG = System.getLogger(DcacheLook.class.getName());

  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int TOGETHER = 100;

  /** The id of no event. To whoever asks for what is behind it, the frontend answers at once. */
  private static final String NEVER = "-1";

  /** A connection that is silent so long may be none any more; events are kept meanwhile. */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  private final DcacheOptions options;
  private final Frontend frontend;
  private final Clock clock;
  private final Watched watched = new Watched();
  private @Nullable String channel;
  private @Nullable Stream stream;
  private Instant heard = Instant.EPOCH;

  /** Whether all folders are listed anyhow, so that it need not be said that events were lost. */
  private boolean isLossKnown;

  /** When listing all was last begun, or put off to. */
  private Instant listed;

  /** The last event of which all is done. */
  private @Nullable String done;

  /** The last one that was read. */
  private @Nullable String read;

  DcacheLook(DcacheOptions options, Frontend frontend, Clock clock) {
    this.options = options;
    this.frontend = frontend;
    this.clock = clock;
    this.listed = clock.instant();
  }

  @Override
  public Duration look(Intake intake) throws IOException {
    Stream events = stream;
    if (events == null) {
      connect(intake);
    } else if (watched.next().isPresent()) {
      visit(watched.next().get(), intake);
    } else if (clock.instant().isBefore(listed.plus(options.every()))) {
      follow(events, intake);
    } else {
      listAll();
    }
    return Duration.ZERO;
  }

  /** What was never told is found, too. */
  private void listAll() {
    listed = clock.instant();
    watched.visitAllLater(options.path());
  }

  private void connect(Intake intake) throws IOException {
    String open = channel == null ? find(intake) : channel;
    channel = open;
    try {
      frontend.keep(open);
    } catch (GoneException e) {
      forget();
      throw e;
    }
    Stream events = frontend.stream(open, done == null ? NEVER : done);
    stream = events;
    heard = clock.instant();
    isLossKnown = done == null;
    if (done == null) {
      // Nobody keeps what happens before somebody listens: it is looked for after that.
      awaitOpen(events);
      listAll();
    } else if (!watched.isWatched(options.path())) {
      watched.visitLater(options.path());
    }
  }

  private void awaitOpen(Stream events) throws Trouble {
    try {
      if (!events.isOpen(PATIENCE)) {
        throw new Trouble(
            "%s: the stream of events does not begin".formatted(options.address()),
            "see whether something on the way holds it back");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Trouble("closed", "", e);
    } catch (Trouble e) {
      drop();
      throw e;
    }
  }

  /** The one of before, if it is still there and as it should be; or else a new one. */
  private String find(Intake intake) throws IOException {
    Optional<String> stored = intake.position();
    if (stored.isPresent()) {
      Place place = Place.read(stored.get());
      boolean same = place.of().equals(of());
      Optional<Map<String, String>> folders =
          same ? frontend.subscriptions(place.channel()) : Optional.<Map<String, String>>empty();
      if (folders.isPresent()) {
        folders.get().forEach(watched::add);
        done = place.event().isEmpty() ? null : place.event();
        read = done;
        return place.channel();
      }
    }
    for (String left : frontend.channels()) {
      frontend.deleteChannel(left);
    }
    return frontend.newChannel();
  }

  private String of() {
    return options.path() + (options.recursive() ? "/**" : "/*");
  }

  private void forget() {
    drop();
    channel = null;
    done = null;
    read = null;
    watched.clear();
  }

  /** The events that were not done are told again on the next connection. */
  private void drop() {
    Stream open = stream;
    stream = null;
    read = done;
    if (open != null) {
      open.close();
    }
  }

  /** Watches first, and lists then: what comes between the two is told twice, and is one event. */
  private void visit(String folder, Intake intake) throws IOException {
    if (channel == null) {
      throw new IllegalStateException("nothing can be watched without a channel");
    }
    Optional<List<Entry>> entries = Optional.empty();
    try {
      Optional<String> subscription = frontend.subscribe(channel, folder);
      if (subscription.isPresent()) {
        watched.add(subscription.get(), folder);
        entries = frontend.list(folder);
      }
    } catch (DeniedException e) {
      if (folder.equals(options.path())) {
        drop();
        throw e;
      }
      LOG.log(Level.WARNING, "{0}; what comes there is not seen", e.getMessage());
    } catch (GoneException e) {
      forget();
      throw e;
    } catch (Trouble e) {
      drop();
      throw e;
    }
    if (entries.isEmpty() && folder.equals(options.path())) {
      drop();
      throw new Trouble(
          "%s: there is no folder %s".formatted(options.address(), folder),
          "make it, or mend path:");
    }
    List<Message> messages = new ArrayList<>();
    for (Entry entry : entries.orElse(List.of())) {
      if (entry.isWhole()) {
        messages.add(entry.message(options));
      } else if (entry.kind() == Entry.Kind.FOLDER && options.recursive()) {
        watched.visitUnlessWatched(entry.path());
      }
    }
    for (int i = 0; i < messages.size(); i += TOGETHER) {
      intake.take(messages.subList(i, Math.min(messages.size(), i + TOGETHER)));
    }
    watched.visited(folder);
    finish(List.of(), intake);
  }

  private void follow(Stream events, Intake intake) throws IOException {
    try {
      List<Frame> frames = events.next(WAIT);
      Instant now = clock.instant();
      heard = frames.isEmpty() ? heard : now;
      if (heard.isBefore(now.minus(SILENCE))) {
        drop();
        return;
      }
      List<Message> messages = new ArrayList<>();
      for (Frame frame : frames) {
        hear(Told.of(frame)).map(entry -> entry.message(options)).ifPresent(messages::add);
        read = frame.id() == null ? read : frame.id();
      }
      if (!frames.isEmpty()) {
        finish(messages, intake);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Trouble("closed", "", e);
    } catch (IOException e) {
      drop();
      throw e;
    }
  }

  /** As long as folders are to be listed, nothing is done. */
  private void finish(List<Message> messages, Intake intake) throws IOException {
    if (watched.next().isPresent() || channel == null) {
      if (!messages.isEmpty()) {
        intake.take(messages);
      }
      return;
    }
    intake.take(messages, new Place(channel, read == null ? "" : read, of()).written());
    done = read;
  }

  /** The file that has come, if one has. */
  private Optional<Entry> hear(Told told) throws Trouble {
    switch (told.type()) {
      case Told.UNREADABLE -> listAll();
      case Told.LOSS -> {
        if (!isLossKnown) {
          listAll();
        }
        isLossKnown = false;
      }
      case "COMPETING_CLIENT" ->
          throw new Trouble(
              "somebody else receives the events of this channel",
              "give each source a client: of its own");
      default -> LOG.log(Level.TRACE, "{0}", told);
    }
    Optional<String> folder = watched.folder(told.subscription());
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    if (told.is("IN_Q_OVERFLOW")) {
      watched.visitLater(folder.get());
    }
    if (told.is("IN_IGNORED") || told.type().equals("SUBSCRIPTION_CLOSED")) {
      watched.remove(told.subscription());
      watched.visitLater(folder.get());
    }
    if (told.name().isEmpty()) {
      return Optional.empty();
    }
    String path = Paths.child(folder.get(), told.name());
    if (told.isFolder()) {
      hearOfFolder(told, path);
      return Optional.empty();
    }
    return told.is("IN_CLOSE_WRITE") || told.is("IN_MOVED_TO")
        ? frontend.entry(path).filter(Entry::isWhole)
        : Optional.empty();
  }

  private void hearOfFolder(Told told, String path) throws Trouble {
    if (!options.recursive()) {
      return;
    }
    if (told.is("IN_MOVED_FROM")) {
      // Those that were watched at their new place before are not at this one any more.
      for (String subscription : watched.removeBelow(path)) {
        frontend.unsubscribe(subscription);
      }
    }
    if (told.is("IN_CREATE") || told.is("IN_MOVED_TO")) {
      watched.visitLater(path);
    }
  }

  @Override
  public List<Finding> check() {
    List<Finding> findings = new ArrayList<>();
    try {
      frontend.channels();
      findings.add(
          Finding.good(
              "address", "%s answers %s".formatted(options.address(), options.access().who())));
    } catch (Trouble e) {
      return List.of(e.finding("address"));
    }
    try {
      findings.add(
          frontend
              .list(options.path())
              .map(entries ->
                  Finding.good(
                      "path", "%s has %d entries".formatted(options.path(), entries.size())))
              .orElseGet(() ->
                  Finding.problem(
                      "path", "there is no folder " + options.path(), "make it, or mend path:")));
    } catch (Trouble e) {
      findings.add(e.finding("path"));
    } catch (DeniedException e) {
      findings.add(
          Finding.problem("path", String.valueOf(e.getMessage()), "let them, or mend path:"));
    }
    return findings;
  }

  /** The channel stays, and keeps events for whoever goes on. */
  @Override
  public void close() {
    drop();
    frontend.close();
  }
}
