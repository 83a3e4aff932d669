package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.bundle.RecordText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a record says lies in the working folder, by paths relative to it; the folder itself is
 * {@code ""}.
 */
final class RecordedTree {

  private static final Pattern FILE =
      Pattern.compile("([0-9]{1,18}) ([0-9a-f]{40}) ([0-9a-f]{64}) (.+)");

  /** One thing. */
  sealed interface Node {
    record Folder() implements Node {}

    record File(long size, String sha1, String sha256) implements Node {}

    /**
     * @param target as the link has it
     */
    record Link(String target) implements Node {}

    /** A pipe, socket or device. */
    record Odd() implements Node {}
  }

  private final NavigableMap<String, Node> nodes = new TreeMap<>();

  private RecordedTree() {
    nodes.put("", new Node.Folder());
  }

  /**
   * @throws IOException if that is no record
   */
  static RecordedTree of(String record) throws IOException {
    RecordedTree tree = new RecordedTree();
    String link = "";
    for (String line : record.split("\n", -1)) {
      int equals = line.indexOf('=');
      String value = equals < 0 ? "" : line.substring(equals + 1);
      switch (equals < 0 ? "" : line.substring(0, equals)) {
        case "d" -> tree.add(RecordText.plain(value), new Node.Folder());
        case "o" -> tree.add(RecordText.plain(value), new Node.Odd());
        case "l" -> link = RecordText.plain(value);
        case "to" -> tree.add(link, new Node.Link(RecordText.plain(value)));
        case "f" -> {
          Matcher file = FILE.matcher(value);
          if (!file.matches()) {
            throw new IOException(
                "the record is damaged: expected a file's size, digests and path, found '%s'"
                    .formatted(value));
          }
          tree.add(
              RecordText.plain(file.group(4)),
              new Node.File(Long.parseLong(file.group(1)), file.group(2), file.group(3)));
        }
        default -> {}
      }
    }
    return tree;
  }

  private void add(String path, Node node) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      nodes.putIfAbsent(path.substring(0, slash), new Node.Folder());
    }
    nodes.put(path, node);
  }

  Optional<Node> of(Path path) {
    return Optional.ofNullable(nodes.get(path.toString()));
  }

  /** The names directly in a folder, sorted. */
  List<String> names(Path folder) {
    String start = folder.toString().isEmpty() ? "" : folder + "/";
    return nodes.tailMap(start, start.isEmpty() ? false : true).keySet().stream()
        .takeWhile(path -> path.startsWith(start))
        .map(path -> path.substring(start.length()))
        .filter(name -> !name.isEmpty() && name.indexOf('/') < 0)
        .toList();
  }
}
