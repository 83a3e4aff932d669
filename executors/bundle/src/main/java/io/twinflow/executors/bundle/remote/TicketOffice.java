package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.api.place.ObjectPlace;
import io.twinflow.executors.bundle.RecordText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers attempts that ask by HTTP for what only the engine can give: fresh URLs, their claim, the
 * end of an upload in parts. It keeps nothing: whatever is asked, the place knows. Safe for many
 * threads, and for many engines.
 *
 * <p>An attempt posts lines of text: its token, a word with its arguments, and for some words names
 * (line breaks and backslashes in them escaped). See {@code ticket} in {@code http.sh}.
 */
public final class TicketOffice {

  /** A question with ten thousand names is smaller. */
  public static final int MOST = 8 << 20;

  /** The answer to who has no right to one. */
  static final String UNKNOWN = "there is no such ticket\n";

  /** Names, or parts, in one question: each costs a URL. */
  private static final int MOST_URLS = 1_000;

  private static final String SITE = "[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?";

  private final String installation;
  private final ObjectPlace place;
  private final Function<String, RemoteNames> sites;
  private final TicketKey key;
  private final Duration valid;

  /**
   * @param sites how objects are named, by the name of the site
   * @param valid how long a URL may be used
   */
  public TicketOffice(
      String installation,
      ObjectPlace place,
      Function<String, RemoteNames> sites,
      TicketKey key,
      Duration valid) {
    this.installation = installation;
    this.place = place;
    this.sites = sites;
    this.key = key;
    this.valid = valid;
  }

  /** For all sites that use an exchange; URLs are good for an hour. */
  public static TicketOffice of(String installation, Exchange exchange) {
    return new TicketOffice(
        installation,
        exchange.place(),
        site -> RemoteNames.of(site, exchange.folder()),
        TicketKey.of(exchange),
        Duration.ofHours(1));
  }

  /**
   * @param status of HTTP: 200; 400 for what is no question; 403 without the right token; 410 if
   *     the attempt is over, or never was; 503 if the place cannot be used now
   * @param text lines
   */
  public record Answer(int status, String text) {}

  /** Who asks. */
  private record One(RemoteNames names, AttemptKey key) {
    String folder() {
      return names.folder().apply(key);
    }
  }

  /** An attempt may not have that. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * @param ticket the last two parts of the URL that was posted to: the site and the attempt
   */
  public Answer answer(String ticket, String question) {
    List<String> lines = List.of(question.split("\n", -1));
    String[] path = ticket.split("/", -1);
    Optional<AttemptKey> asked =
        path.length == 2 && path[0].matches(SITE)
            ? AttemptKey.of(installation, path[1])
            : Optional.empty();
    if (asked.isEmpty() || !key.isToken(asked.get(), lines.getFirst())) {
      return new Answer(403, UNKNOWN);
    }
    if (lines.size() < 2) {
      return new Answer(400, "expected a token and a word\n");
    }
    RemoteNames names = sites.apply(path[0]);
    try {
      if (place.find(names.order(asked.get())).isEmpty()
          || place.find(names.record(asked.get())).isPresent()) {
        return new Answer(410, "the attempt is over\n");
      }
      String[] words = lines.get(1).split(" ", -1);
      List<String> answer =
          answer(new One(names, asked.get()), words, lines.subList(2, lines.size()));
      return new Answer(200, String.join("\n", answer) + "\n");
    } catch (Refused | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return new Answer(400, "'%s' cannot be answered: %s\n".formatted(lines.get(1), e));
    } catch (IOException e) {
      return new Answer(503, e.getMessage() + "\n");
    }
  }

  private List<String> answer(One one, String[] words, List<String> rest)
      throws IOException, Refused {
    return switch (words[0]) {
      case "alive" -> List.of("yes");
      case "order" -> List.of(place.toGet(one.names().order(one.key()), valid).toString());
      case "inputs" -> inputs(one);
      case "claim" -> List.of(claim(one, words[1], rest.isEmpty() ? "" : rest.getFirst()));
      case "record" -> List.of(place.toPut(one.names().record(one.key()), valid).toString());
      case "put" -> put(one, rest);
      case "begin" -> List.of(place.begin(object(one, rest)));
      case "parts" -> parts(one, words, rest);
      case "complete" -> {
        List<String> etags =
            rest.subList(1, rest.size()).stream().filter(e -> !e.isEmpty()).toList();
        place.complete(object(one, rest), words[1], etags, Long.parseLong(words[2]));
        yield List.of("done");
      }
      default -> throw new Refused("expected one of the words of tickets");
    };
  }

  private List<String> inputs(One one) throws IOException {
    List<String> urls = new ArrayList<>();
    for (Fetches.Fetch fetch : Fetches.read(place, one.names().inputs(one.key())).files()) {
      URI url = fetch.isPlaced() ? place.toGet(fetch.where(), valid) : URI.create(fetch.where());
      urls.add(url.toString());
    }
    return urls;
  }

  private String claim(One one, String nonce, String job) throws IOException {
    byte[] mine = new RemoteClaim(nonce, job).text().getBytes(StandardCharsets.UTF_8);
    return place.putIfAbsent(one.names().claim(one.key()), mine) ? "won" : "taken";
  }

  private List<String> put(One one, List<String> escaped) throws IOException, Refused {
    List<String> names = escaped.stream().filter(name -> !name.isEmpty()).toList();
    atMost(names.size());
    List<String> urls = new ArrayList<>();
    for (String name : names) {
      urls.add(place.toPut(object(one, List.of(name)), valid).toString());
    }
    return urls;
  }

  private static void atMost(int urls) throws Refused {
    if (urls > MOST_URLS) {
      throw new Refused("expected at most %d at once, found %d".formatted(MOST_URLS, urls));
    }
  }

  private List<String> parts(One one, String[] words, List<String> rest)
      throws IOException, Refused {
    String object = object(one, rest);
    int first = Integer.parseInt(words[2]);
    int last = Integer.parseInt(words[3]);
    if (first < 1 || last < first) {
      throw new Refused("%d to %d are no parts".formatted(first, last));
    }
    atMost(last - first + 1);
    List<String> urls = new ArrayList<>();
    for (int part = first; part <= last; part++) {
      urls.add(place.toPutPart(object, words[1], part, valid).toString());
    }
    return urls;
  }

  /** An attempt names what lies in its own folder, and nothing else. */
  private String object(One one, List<String> escaped) throws Refused {
    if (escaped.isEmpty()) {
      throw new Refused("expected the name of an output or a log");
    }
    String name = RecordText.plain(escaped.getFirst());
    if (!(name.startsWith("out/") || name.startsWith("log/"))) {
      throw new Refused("'%s' is neither an output nor a log".formatted(name));
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new Refused("'%s' is no name of a file".formatted(name));
      }
    }
    return one.folder() + "/" + name;
  }
}
