package io.twinflow.executors.api.place;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Who hears what sites tell of their own accord, by HTTP. Whatever has a server reads a request and
 * passes it on; the executor of the site answers. What nobody hears is not lost: how an attempt
 * ended is looked for anyway. Safe for many threads.
 */
public final class Callbacks {

  /** Of a request's body, bytes. */
  public static final int MOST = 256 << 10;

  private static final Answer TOO_LARGE =
      new Answer(
          413,
          """
          {"status":413,"title":"Content Too Large","detail":"Expected at most %d bytes. What is larger goes into a file, which the attempt's command sends."}\
          """
              .formatted(MOST));
  private static final Answer NOBODY =
      new Answer(
          503,
          """
          {"status":503,"title":"Service Unavailable","detail":"Nobody here hears callbacks of this site now. Call again later; a result that is in the folder or the store is found without."}\
          """);

  /** Answers for one site. Safe for many threads. */
  @FunctionalInterface
  public interface Desk {
    /**
     * @param installation whose attempt it is said to be
     * @param attempt its key's value, as it was said
     */
    Answer hear(String installation, String attempt, Said said);
  }

  /**
   * A request.
   *
   * @param header its value by its name in lower case; empty if there is none
   */
  public record Said(Function<String, String> header, String body) {}

  /**
   * @param status of HTTP
   * @param problem details as RFC 9457 has them, in JSON; empty if there is none
   */
  public record Answer(int status, String problem) {}

  private final Map<String, Desk> desks = new ConcurrentHashMap<>();

  public void open(String site, Desk desk) {
    desks.put(site, desk);
  }

  public void close(String site, Desk desk) {
    desks.remove(site, desk);
  }

  /**
   * @param header as {@link Said} has it
   * @param body is read as far as it may be long
   */
  public Answer hear(
      String site,
      String installation,
      String attempt,
      Function<String, String> header,
      InputStream body)
      throws IOException {
    byte[] content = body.readNBytes(MOST + 1);
    if (content.length > MOST) {
      return TOO_LARGE;
    }
    Desk desk = desks.get(site);
    return desk == null
        ? NOBODY
        : desk.hear(
            installation, attempt, new Said(header, new String(content, StandardCharsets.UTF_8)));
  }
}
