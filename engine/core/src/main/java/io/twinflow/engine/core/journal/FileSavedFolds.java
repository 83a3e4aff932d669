package io.twinflow.engine.core.journal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The saved fold of a run as a file beside its journal, which appears whole or not at all. */
final class FileSavedFolds implements SavedFolds {

  private final Path file;

  FileSavedFolds(Path folder) {
    this.file = folder.resolve("fold");
  }

  /** Not synced: what a loss of power leaves of it does not match its checksums. */
  @Override
  public void save(long sequence, Content content) throws IOException {
    Path part = file.resolveSibling("fold.part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
        content.writeTo(out);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  @Override
  public Optional<InputStream> newest() throws IOException {
    try {
      return Optional.of(new BufferedInputStream(Files.newInputStream(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void forget() throws IOException {
    Files.deleteIfExists(file);
  }
}
