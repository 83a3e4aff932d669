package io.twinflow.executors.bundle.files;

import io.twinflow.executors.api.Staging;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The files of an attempt that hold secrets. Each is noted before it is written, so that an engine
 * which comes after a crash knows them too.
 *
 * @param list one location per line; not there if there are none
 */
public record SecretFiles(Path list) {

  /** Writes a text, so that only its owner may read it if it is secret. */
  public void write(Path target, Staging.WriteText text) throws IOException {
    if (text.secret()) {
      write(target, text.text());
    } else {
      Files.writeString(target, text.text());
    }
  }

  /** Somebody else is going to write one there. */
  public void note(Path target) throws IOException {
    Files.writeString(
        list, target.toUri() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  public void write(Path target, String secret) throws IOException {
    note(target);
    Files.deleteIfExists(target);
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            target,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer rest = ByteBuffer.wrap(secret.getBytes(StandardCharsets.UTF_8));
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
  }

  /** These, and what lies below them, are outputs now. */
  public void keep(List<String> locations) throws IOException {
    if (!Files.exists(list)) {
      return;
    }
    List<Path> kept = new ArrayList<>();
    for (String location : locations) {
      if (location.startsWith("file:")) {
        kept.add(real(location));
      }
    }
    List<String> rest = new ArrayList<>();
    for (String line : Files.readAllLines(list)) {
      if (kept.stream().noneMatch(real(line)::startsWith)) {
        rest.add(line);
      }
    }
    Files.write(list, rest);
  }

  private static Path real(String location) throws IOException {
    Path path = Path.of(URI.create(location));
    return Files.exists(path) ? path.toRealPath() : path;
  }

  /** Removes what is left of them. */
  public void erase() throws IOException {
    erase(UnaryOperator.identity());
  }

  /** The same after a folder with some of them was moved. */
  public void eraseMoved(Path from, Path to) throws IOException {
    erase(file -> file.startsWith(from) ? to.resolve(from.relativize(file)) : file);
  }

  private void erase(UnaryOperator<Path> whereNow) throws IOException {
    if (!Files.exists(list)) {
      return;
    }
    for (String line : Files.readAllLines(list)) {
      Path file = whereNow.apply(Path.of(URI.create(line)));
      if (!Files.isDirectory(file)) {
        Files.deleteIfExists(file);
      }
    }
    Files.delete(list);
  }
}
