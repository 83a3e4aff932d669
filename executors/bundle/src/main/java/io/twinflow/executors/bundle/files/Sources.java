package io.twinflow.executors.bundle.files;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.bundle.AttemptFailure;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds what a staging entry speaks of. */
public final class Sources {

  private Sources() {}

  public static Path existing(URI source) throws AttemptFailure {
    if (!"file".equals(source.getScheme())) {
      throw new AttemptFailure(
          FailureKind.USER,
          "cannot fetch input %s: this site reads local files only (file:)".formatted(source));
    }
    Path path = Path.of(source);
    if (!Files.exists(path)) {
      throw new AttemptFailure(
          FailureKind.USER, "input %s does not exist; was it moved or deleted?".formatted(path));
    }
    if (!Files.isReadable(path)) {
      throw new AttemptFailure(
          FailureKind.USER, "input %s cannot be read; see its permissions".formatted(path));
    }
    return path;
  }
}
