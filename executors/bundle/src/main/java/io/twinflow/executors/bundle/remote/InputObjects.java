package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.OutputFolder.Identity;
import io.twinflow.executors.api.files.FileDigests;
import io.twinflow.executors.api.files.Interrupts;
import io.twinflow.executors.api.place.ObjectPlace;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.files.Sources;
import io.twinflow.executors.bundle.remote.Fetches.Fetch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Brings inputs to where a site can fetch them. What lies in the place stays there, what has a URL
 * is fetched from there, and files of this machine are put under their digest, once. Safe for many
 * threads.
 */
final class InputObjects {

  private static final String EMPTY = ObjectPlace.EMPTY_FOLDER;

  private static final int REMEMBERED = 10_000;

  private final ObjectPlace place;
  private final RemoteNames names;

  private record Seen(Path file, long size, Instant modified, Object inode) {
    static Seen of(Path file) throws IOException {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return new Seen(
          file,
          is.size(),
          is.lastModifiedTime().toInstant(),
          is.fileKey() == null ? file : is.fileKey());
    }
  }

  private final Map<Seen, String> digests =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Seen, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  InputObjects(ObjectPlace place, RemoteNames names) {
    this.place = place;
    this.names = names;
  }

  /**
   * @param path where it goes in the attempt's folder
   */
  Fetch file(URI source, String path) throws IOException, AttemptFailure {
    return switch (String.valueOf(source.getScheme())) {
      case "file" -> ofMachine(Sources.existing(source), path);
      case "http", "https" -> new Fetch(path, -1, "-", source.toString(), source.toString());
      default -> {
        Optional<ObjectPlace.Found> found = place.find(inPlace(source));
        yield placed(found.orElseThrow(() -> missing(source)), path);
      }
    };
  }

  /**
   * @param path of the folder in the attempt's folder
   * @return a path that ends in a slash is a folder with nothing in it
   */
  List<Fetch> folder(URI source, String path) throws IOException, AttemptFailure {
    return switch (String.valueOf(source.getScheme())) {
      case "file" -> tree(Sources.existing(source), path);
      case "http", "https" ->
          throw new AttemptFailure(
              FailureKind.USER,
              "input folder %s has no list of its files; name them one by one".formatted(source));
      default -> placedTree(source, path);
    };
  }

  private Fetch ofMachine(Path file, String path) throws IOException, AttemptFailure {
    Optional<String> name = place.name(file.toUri());
    Optional<ObjectPlace.Found> found = name.isEmpty() ? Optional.empty() : place.find(name.get());
    return found.isPresent() ? placed(found.get(), path) : copied(file, path);
  }

  private Fetch copied(Path file, String path) throws IOException, AttemptFailure {
    Seen seen = Seen.of(file);
    String sha256;
    synchronized (digests) {
      sha256 = digests.get(seen);
    }
    if (sha256 == null || !isThere(sha256)) {
      Identity identity = FileDigests.of(file);
      sha256 = identity.sha256();
      if (!isThere(sha256)) {
        place.put(names.input(sha256), file);
        if (!seen.equals(Seen.of(file))) {
          // The object would be another's content for ever.
          place.delete(names.input(sha256));
          throw new AttemptFailure(
              FailureKind.USER,
              "input %s was changed while it was fetched for this site; run it again when it is complete"
                  .formatted(file));
        }
      }
      synchronized (digests) {
        digests.put(seen, sha256);
      }
    }
    return new Fetch(path, seen.size(), sha256, Fetch.placed(names.input(sha256)), file.toString());
  }

  private boolean isThere(String sha256) throws IOException {
    return UnusedInputs.isFresh(place.find(names.input(sha256)), Instant.now());
  }

  private List<Fetch> tree(Path folder, String path) throws IOException, AttemptFailure {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      all = walk.sorted().toList();
    }
    List<Fetch> fetches = new ArrayList<>();
    for (Path found : all) {
      Interrupts.heed();
      String below = folder.relativize(found).toString();
      String target = below.isEmpty() ? path : path + "/" + below;
      fetches.add(
          Files.isDirectory(found)
              ? new Fetch(target + "/", 0, "-", "", found.toString())
              : ofMachine(found, target));
    }
    return fetches;
  }

  private Fetch placed(ObjectPlace.Found found, String path) {
    return new Fetch(
        path,
        found.size(),
        "-",
        Fetch.placed(found.name()),
        place.location(found.name()).toString());
  }

  private List<Fetch> placedTree(URI source, String path) throws IOException, AttemptFailure {
    String folder = inPlace(source).replaceFirst("/+$", "") + "/";
    List<ObjectPlace.Found> all = place.list(folder);
    if (all.isEmpty()) {
      throw missing(source);
    }
    List<Fetch> fetches = new ArrayList<>();
    fetches.add(new Fetch(path + "/", 0, "-", "", source.toString()));
    for (ObjectPlace.Found found : all) {
      String below = found.name().substring(folder.length());
      if (below.equals(EMPTY) || below.endsWith("/" + EMPTY)) {
        String empty = below.substring(0, below.length() - EMPTY.length());
        fetches.add(new Fetch(path + "/" + empty, 0, "-", "", source.toString()));
      } else {
        fetches.add(placed(found, path + "/" + below));
      }
    }
    return fetches;
  }

  private String inPlace(URI source) throws AttemptFailure {
    return place
        .name(source)
        .orElseThrow(() ->
            new AttemptFailure(
                FailureKind.USER,
                "cannot fetch input %s: this site fetches files of the engine, http(s) URLs and what lies in %s"
                    .formatted(source, place.words())));
  }

  private static AttemptFailure missing(URI source) {
    return new AttemptFailure(
        FailureKind.USER, "input %s does not exist; was it moved or deleted?".formatted(source));
  }
}
