package io.twinflow.engine.server.backup;

import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.util.HexFormat;

/** A backup as a folder of texts and files, to be looked at or kept under version control. */
final class FolderArchive implements Archive {

  private static final int BUFFER = 1 << 16;

  private final Path target;
  private final Path part;
  private final Sums sums = new Sums();
  private boolean complete;

  FolderArchive(Path target) throws IOException {
    this.target = target;
    this.part = OwnPart.folder(target);
  }

  @Override
  public void text(String name, String text) throws IOException {
    Files.writeString(place(name), text);
    sums.add(
        name,
        HexFormat.of().formatHex(Sums.digest().digest(text.getBytes(StandardCharsets.UTF_8))));
  }

  private Path place(String name) throws IOException {
    Path place = part.resolve(name);
    Files.createDirectories(place.resolveSibling(""));
    return place;
  }

  @Override
  public long add(String name, Path source) throws IOException {
    CleanStop.check();
    Path place = place(name);
    if (Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(place);
      return 0;
    }
    Files.copy(source, place, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
      return 0;
    }
    sums.add(name, sha256(place));
    return Files.size(place);
  }

  static String sha256(Path file) throws IOException {
    try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), Sums.digest())) {
      drain(in);
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    }
  }

  private static void drain(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER];
    while (in.read(buffer) >= 0) {
      CleanStop.check();
    }
  }

  @Override
  public void complete() throws IOException {
    text(Sums.NAME, sums.text());
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    complete = true;
  }

  @Override
  public void close() throws IOException {
    if (!complete) {
      FolderTree.delete(part);
    }
  }
}
