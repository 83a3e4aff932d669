package io.twinflow.engine.stores.folder;

import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Uploads in parts: each is a folder with the name of what it will be and the parts that are there,
 * each under its number and its tag.
 *
 * @param folder in which they lie
 */
record FolderUploads(Path folder) {

  private static final String NAME = "name";
  private static final String ID = "[0-9a-f]{32}";

  private static String random() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  String begin(String name) throws IOException {
    String id = random();
    Path upload = Files.createDirectories(folder.resolve(id));
    Files.writeString(upload.resolve(NAME), name);
    return id;
  }

  /** Whether this upload is of that name, and neither complete nor abandoned. */
  boolean isOf(String id, String name) throws IOException {
    if (!id.matches(ID)) {
      return false;
    }
    try {
      return Files.readString(folder.resolve(id).resolve(NAME)).equals(name);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * @param received becomes the part
   * @return its tag
   */
  String add(String id, int part, Path received) throws IOException {
    String tag = random();
    Files.move(received, part(id, part, tag), StandardCopyOption.ATOMIC_MOVE);
    return tag;
  }

  private Path part(String id, int part, String tag) {
    return folder.resolve(id).resolve("%d-%s".formatted(part, tag));
  }

  /**
   * Puts the parts together.
   *
   * @throws IOException if one is missing, or they do not have this size together
   */
  void join(String id, List<String> tags, long size, Path target) throws IOException {
    try (FileChannel all = FileChannel.open(target, StandardOpenOption.WRITE)) {
      for (int i = 0; i < tags.size(); i++) {
        append(part(id, i + 1, tags.get(i)), i + 1, all);
      }
      if (all.size() != size) {
        throw new IOException(
            "the parts have %d bytes together; expected %d".formatted(all.size(), size));
      }
      all.force(true);
    }
  }

  private static void append(Path part, int number, FileChannel all) throws IOException {
    try (FileChannel from = FileChannel.open(part)) {
      for (long at = 0; at < from.size(); ) {
        at += from.transferTo(at, from.size() - at, all);
      }
    } catch (NoSuchFileException e) {
      throw new IOException("part %d is missing".formatted(number), e);
    }
  }

  void end(String id) throws IOException {
    FolderTree.delete(folder.resolve(id));
  }

  /** Forgets those of names that begin so. */
  void abandon(String prefix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> uploads = Files.list(folder)) {
      all = uploads.toList();
    }
    for (Path upload : all) {
      Path name = upload.resolve(NAME);
      if (Files.exists(name) && Files.readString(name).startsWith(prefix)) {
        FolderTree.delete(upload);
      }
    }
  }
}
