package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.OutputFolder.Entry;
import io.twinflow.executors.api.OutputFolder.Identity;
import io.twinflow.executors.api.files.FileDigests;
import io.twinflow.executors.api.place.ObjectPlace;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Inputs that a tool hands on as outputs: looked at where they lie. */
record PassedInputs(ObjectPlace place) {

  /** Something below a source, under the name it has there. */
  static URI below(URI source, Path rest) {
    if (rest.toString().isEmpty()) {
      return source;
    }
    String folder = source.toString();
    try {
      // Path.toUri would look what this machine has there.
      String escaped = new URI(null, null, "/" + rest, null).getRawPath();
      return URI.create(
          (folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder) + escaped);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  Entry entry(Path tool, URI source) throws IOException {
    String name = String.valueOf(tool.getFileName());
    String location = source.toString().replaceFirst("/+$", "");
    Optional<Path> file = file(source);
    if (file.isPresent()) {
      boolean directory = Files.isDirectory(file.get());
      return new Entry(
          tool.toString(), name, directory, location, directory ? 0 : Files.size(file.get()));
    }
    Optional<ObjectPlace.Found> found = found(source);
    if (found.isPresent()) {
      return new Entry(tool.toString(), name, false, location, found.get().size());
    }
    return new Entry(tool.toString(), name, !names(source).isEmpty(), location, 0);
  }

  /** What lies neither here nor in the place is taken for there. */
  boolean isThere(URI source) throws IOException {
    Optional<Path> file = file(source);
    return file.isPresent()
        ? Files.exists(file.get())
        : place.name(source).isEmpty() || found(source).isPresent() || !names(source).isEmpty();
  }

  /** Sorted. */
  List<String> names(URI folder) throws IOException {
    Optional<Path> file = file(folder);
    if (file.isPresent()) {
      try (Stream<Path> children = Files.list(file.get())) {
        return children.map(child -> String.valueOf(child.getFileName())).sorted().toList();
      }
    }
    Optional<String> name = place.name(folder);
    if (name.isEmpty()) {
      return List.of();
    }
    String start = name.get().replaceFirst("/+$", "") + "/";
    return place.list(start).stream()
        .map(found -> found.name().substring(start.length()).replaceFirst("/.*", ""))
        .filter(child -> !child.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  InputStream open(URI source) throws IOException {
    Optional<Path> file = file(source);
    return file.isPresent()
        ? Files.newInputStream(file.get())
        : place.open(found(source).orElseThrow(() -> gone(source)), 0);
  }

  Identity identify(URI source) throws IOException {
    Optional<Path> file = file(source);
    if (file.isPresent()) {
      return FileDigests.of(file.get());
    }
    ObjectPlace.Found found = found(source).orElseThrow(() -> gone(source));
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      try (InputStream in =
          new DigestInputStream(new DigestInputStream(place.open(found, 0), sha1), sha256)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      HexFormat hex = HexFormat.of();
      return new Identity(
          hex.formatHex(sha1.digest()), hex.formatHex(sha256.digest()), found.size());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<Path> file(URI source) {
    return "file".equals(source.getScheme()) ? Optional.of(Path.of(source)) : Optional.empty();
  }

  private Optional<ObjectPlace.Found> found(URI source) throws IOException {
    Optional<String> name = place.name(source);
    return name.isEmpty() ? Optional.empty() : place.find(name.get());
  }

  private static NoSuchFileException gone(URI source) {
    return new NoSuchFileException(source.toString(), null, "it cannot be read from here");
  }
}
