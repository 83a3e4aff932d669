package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.place.ObjectPlace;
import io.twinflow.executors.bundle.RecordText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  private final String installation;
  private final ObjectPlace place;
  private final RemoteNames names;
  private final TicketKey key;
  private final Duration valid;

  /**
   * @param valid how long a URL may be used
   */
  public TicketOffice(
      String installation, ObjectPlace place, RemoteNames names, TicketKey key, Duration valid) {
    this.installation = installation;
    this.place = place;
    this.names = names;
    this.key = key;
    this.valid = valid;
  }

  /**
   * @param status of HTTP: 200; 400 for what is no question; 403 without the right token; 410 if
   *     the attempt is over, or never was; 503 if the place cannot be used now
   * @param text lines
   */
  public record Answer(int status, String text) {}

  /** An attempt may not have that. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * @param attempt the last part of the URL that was posted to
   */
  public Answer answer(String attempt, String question) {
    List<String> lines = List.of(question.split("\n", -1));
    Optional<AttemptKey> asked = AttemptKey.of(installation, attempt);
    if (asked.isEmpty() || !key.isToken(asked.get(), lines.getFirst())) {
      return new Answer(403, "there is no such ticket\n");
    }
    if (lines.size() < 2) {
      return new Answer(400, "expected a token and a word\n");
    }
    try {
      if (place.find(names.order(asked.get())).isEmpty()
          || place.find(names.record(asked.get())).isPresent()) {
        return new Answer(410, "the attempt is over\n");
      }
      String[] words = lines.get(1).split(" ", -1);
      List<String> answer = answer(asked.get(), words, lines.subList(2, lines.size()));
      return new Answer(200, String.join("\n", answer) + "\n");
    } catch (Refused | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return new Answer(400, "'%s' cannot be answered: %s\n".formatted(lines.get(1), e));
    } catch (IOException e) {
      return new Answer(503, e.getMessage() + "\n");
    }
  }

  private List<String> answer(AttemptKey attempt, String[] words, List<String> rest)
      throws IOException, Refused {
    return switch (words[0]) {
      case "order" -> List.of(place.toGet(names.order(attempt), valid).toString());
      case "inputs" -> inputs(attempt);
      case "claim" -> List.of(claim(attempt, words[1]));
      case "record" -> List.of(place.toPut(names.record(attempt), valid).toString());
      case "put" -> put(attempt, rest);
      case "begin" -> List.of(place.begin(object(attempt, rest)));
      case "parts" -> parts(attempt, words, rest);
      case "complete" -> {
        place.complete(object(attempt, rest), words[1], Long.parseLong(words[2]));
        yield List.of("done");
      }
      case "form" -> form(attempt, words[1]);
      default -> throw new Refused("expected one of the words of tickets");
    };
  }

  private List<String> inputs(AttemptKey attempt) throws IOException {
    List<String> urls = new ArrayList<>();
    for (Fetches.Fetch fetch : Fetches.read(place, names.inputs(attempt)).files()) {
      URI url = fetch.isPlaced() ? place.toGet(fetch.where(), valid) : URI.create(fetch.where());
      urls.add(url.toString());
    }
    return urls;
  }

  private String claim(AttemptKey attempt, String nonce) throws IOException {
    byte[] mine = ("by=" + nonce + "\n").getBytes(StandardCharsets.UTF_8);
    return place.putIfAbsent(names.claim(attempt), mine) ? "won" : "taken";
  }

  private List<String> put(AttemptKey attempt, List<String> escaped) throws IOException, Refused {
    List<String> urls = new ArrayList<>();
    for (String name : escaped) {
      if (!name.isEmpty()) {
        urls.add(place.toPut(object(attempt, List.of(name)), valid).toString());
      }
    }
    return urls;
  }

  private List<String> parts(AttemptKey attempt, String[] words, List<String> rest)
      throws IOException, Refused {
    String object = object(attempt, rest);
    List<String> urls = new ArrayList<>();
    for (int part = Integer.parseInt(words[2]); part <= Integer.parseInt(words[3]); part++) {
      urls.add(place.toPutPart(object, words[1], part, valid).toString());
    }
    return urls;
  }

  private List<String> form(AttemptKey attempt, String what) throws IOException, Refused {
    ObjectPlace.Form form =
        switch (what) {
          case "files" -> place.form(names.folder().apply(attempt) + "/", valid);
          case "record" -> place.form(names.record(attempt), valid);
          default -> throw new Refused("expected 'files' or 'record'");
        };
    List<String> lines = new ArrayList<>(List.of(form.url().toString(), form.start()));
    for (Map.Entry<String, String> field : form.fields().entrySet()) {
      lines.add(field.getKey() + " " + field.getValue());
    }
    return lines;
  }

  /** An attempt names what lies in its own folder, and nothing else. */
  private String object(AttemptKey attempt, List<String> escaped) throws Refused {
    String name = RecordText.plain(escaped.getFirst());
    if (!(name.startsWith("out/") || name.startsWith("log/"))) {
      throw new Refused("'%s' is neither an output nor a log".formatted(name));
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new Refused("'%s' is no name of a file".formatted(name));
      }
    }
    return names.folder().apply(attempt) + "/" + name;
  }
}
