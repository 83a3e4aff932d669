package io.twinflow.engine.core.artifact;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The copies of what servers sent, and which is the latest of each location. Every copy has a name
 * of its own, so that processes that fetch at the same time do not meet.
 */
final class HttpCopies {

  private static final String PART = ".part";
  private static final int LINES = 3;

  private final Path folder;

  HttpCopies(Path folder) {
    this.folder = folder;
  }

  /**
   * @param validator empty if it must be fetched anew to be known
   */
  record Copy(Path file, Optional<HttpValidator> validator) {}

  Optional<Copy> latest(URI location) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(record(location));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Path file = folder.resolve(lines.isEmpty() ? "" : lines.getFirst());
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    return Optional.of(
        new Copy(
            file,
            lines.size() == LINES
                ? Optional.of(new HttpValidator(lines.get(1), lines.get(2)))
                : Optional.empty()));
  }

  /** An empty file to be filled. */
  Path newPart(URI location) throws IOException {
    Files.createDirectories(folder);
    return Files.createTempFile(folder, name(location) + "-", PART);
  }

  /** Makes a filled part the latest copy, unless it holds what that holds already. */
  Path keep(URI location, Path part, Optional<HttpValidator> validator, Optional<Copy> latest)
      throws IOException {
    Path file;
    if (latest.isPresent() && Files.mismatch(part, latest.get().file()) < 0) {
      file = latest.get().file();
    } else {
      String name = part.getFileName().toString();
      file = folder.resolve(name.substring(0, name.length() - PART.length()));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
    String text = file.getFileName() + "\n";
    if (validator.isPresent()) {
      text += validator.get().header() + "\n" + validator.get().value() + "\n";
    }
    Path fresh = newPart(location);
    Files.writeString(fresh, text, StandardCharsets.UTF_8);
    Files.move(
        fresh,
        record(location),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    return file;
  }

  private Path record(URI location) {
    return folder.resolve(name(location) + ".latest");
  }

  private static String name(URI location) {
    return UUID.nameUUIDFromBytes(location.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }
}
