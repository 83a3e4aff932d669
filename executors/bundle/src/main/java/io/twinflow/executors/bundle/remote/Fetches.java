package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.place.ObjectPlace;
import io.twinflow.executors.bundle.RecordText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The inputs of an attempt as objects: for the engine, which makes URLs for them, and finds out
 * afterwards what a link to one of them stands for.
 *
 * @param files in the order of the site's numbers, from 1
 * @param roots what was staged, each a file or a folder with some of the files
 * @param secrets paths of secret texts in the working folder, relative to it
 */
record Fetches(List<Fetch> files, List<Root> roots, List<String> secrets) {

  private static final int MOST = 64 << 20;
  private static final String PLACED = "place:";

  Fetches {
    files = List.copyOf(files);
    roots = List.copyOf(roots);
    secrets = List.copyOf(secrets);
  }

  /**
   * @param path where it goes, relative to the attempt's folder
   * @param size bytes; -1 if unknown
   * @param sha256 "-" if unknown
   * @param target an object's name in the place after {@code place:}, or a URL
   * @param source what the user calls it
   */
  record Fetch(String path, long size, String sha256, String target, String source) {

    static String placed(String name) {
      return PLACED + name;
    }

    boolean isPlaced() {
      return target.startsWith(PLACED);
    }

    /** The object's name, or the URL. */
    String where() {
      return isPlaced() ? target.substring(PLACED.length()) : target;
    }
  }

  /**
   * @param path relative to the attempt's folder
   */
  record Root(String path, URI source) {}

  String text() {
    StringBuilder text = new StringBuilder();
    for (Fetch f : files) {
      line(text, "file", f.path(), Long.toString(f.size()), f.sha256(), f.target(), f.source());
    }
    for (Root root : roots) {
      line(text, "root", root.path(), root.source().toString());
    }
    for (String secret : secrets) {
      line(text, "secret", secret);
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String... fields) {
    text.append(
            List.of(fields).stream()
                .map(field -> RecordText.escaped(field).replace("\t", "\\t"))
                .collect(Collectors.joining("\t")))
        .append('\n');
  }

  static Fetches read(ObjectPlace place, String name) throws IOException {
    byte[] text =
        place
            .get(name, MOST)
            .orElseThrow(() ->
                new NoSuchFileException(
                    place.location(name).toString(), null, "the attempt is released"));
    List<Fetch> files = new ArrayList<>();
    List<Root> roots = new ArrayList<>();
    List<String> secrets = new ArrayList<>();
    for (String line : new String(text, StandardCharsets.UTF_8).split("\n", -1)) {
      List<String> f = List.of(line.split("\t", -1)).stream().map(RecordText::plain).toList();
      switch (f.getFirst()) {
        case "file" ->
            files.add(new Fetch(f.get(1), Long.parseLong(f.get(2)), f.get(3), f.get(4), f.get(5)));
        case "root" -> roots.add(new Root(f.get(1), URI.create(f.get(2))));
        case "secret" -> secrets.add(f.get(1));
        default -> {}
      }
    }
    return new Fetches(files, roots, secrets);
  }
}
