package io.twinflow.engine.server.backup;

import io.twinflow.engine.core.artifact.Locations;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was kept names its files by where they lay. In another folder these names change; and with
 * them the digests of texts that hold such names, wherever they are used as the texts' own names.
 */
final class Relocation {

  private static final Pattern DIGEST = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");

  /** Before a path that begins here, and not within a longer one. */
  private static final String BEGINS = "(?<![A-Za-z0-9_.%~-])";

  private record Move(Pattern from, String to) {}

  private final List<Move> moves;
  private final Map<String, String> digests = new HashMap<>();

  private Relocation(List<Move> moves) {
    this.moves = moves;
  }

  /** Between absolute folders. */
  static Relocation of(Path from, Path to) {
    if (from.equals(to)) {
      return new Relocation(List.of());
    }
    Move plain = move(from.toString(), to.toString());
    Move escaped = move(escaped(from), escaped(to));
    return new Relocation(
        from.toString().equals(escaped(from)) && to.toString().equals(escaped(to))
            ? List.of(plain)
            : List.of(escaped, plain));
  }

  private static String escaped(Path path) {
    return Locations.of(path).substring("file://".length());
  }

  private static Move move(String from, String to) {
    return new Move(
        Pattern.compile(BEGINS + Pattern.quote(from + "/")), Matcher.quoteReplacement(to + "/"));
  }

  boolean isNone() {
    return moves.isEmpty();
  }

  void renamed(String digest, String to) {
    digests.put(digest, to);
  }

  String text(String text) {
    String moved = text;
    for (Move move : moves) {
      moved = move.from().matcher(moved).replaceAll(move.to());
    }
    return digests.isEmpty()
        ? moved
        : DIGEST
            .matcher(moved)
            .replaceAll(found -> digests.getOrDefault(found.group(), found.group()));
  }
}
