package io.twinflow.engine.server.tell;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The mail server that {@code peers/smtp} starts, and the mail that it has taken. */
public final class MailPeer {

  private static final URI URL = URI.create(String.valueOf(System.getenv("TWINFLOW_SMTP_URL")));
  private static final Path QUEUE = Path.of(String.valueOf(System.getenv("TWINFLOW_SMTP_QUEUE")));

  private MailPeer() {}

  /**
   * A mail that was taken.
   *
   * @param head with the recipients, as Exim keeps them, and the headers
   */
  public record Taken(String head, String body) {

    public boolean isFor(String address) {
      return head.lines().anyMatch(address::equals);
    }

    /** As Exim writes it: its length and a mark, then the header. */
    public String header(String name) {
      Matcher matcher =
          Pattern.compile("(?m)^[0-9]{3}. " + name + ": (.*(?:\\n[ \\t].*)*)").matcher(head);
      return matcher.find() ? matcher.group(1) : "";
    }
  }

  /** Mail whose head or body holds a text. */
  public static List<Taken> taken(String text) throws IOException {
    List<Path> heads;
    try (Stream<Path> files = Files.list(QUEUE.resolve("input"))) {
      heads = files.filter(file -> file.toString().endsWith("-H")).sorted().toList();
    }
    List<Taken> found = new ArrayList<>();
    for (Path head : heads) {
      String body = Files.readString(Path.of(head.toString().replaceFirst("H$", "D")));
      Taken taken = new Taken(Files.readString(head), body.substring(body.indexOf('\n') + 1));
      if (taken.head().contains(text) || taken.body().contains(text)) {
        found.add(taken);
      }
    }
    return found;
  }

  /** As long as it is there, mail to {@code busy@…} is put off. */
  public static Path busy() {
    return QUEUE.resolveSibling("busy");
  }

  public static int port() {
    return URL.getPort();
  }

  public static int portOfTls() {
    return Integer.parseInt(System.getenv("TWINFLOW_SMTP_TLS").split(":", 2)[1]);
  }

  public static String password() {
    return URL.getUserInfo().split(":", 2)[1];
  }

  /** Of who signed its certificate. */
  public static String authority() {
    return System.getenv("TWINFLOW_SMTP_AUTHORITY");
  }
}
