package io.twinflow.workflowdefs.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads local documents. */
final class FileFetcher implements SourceFetcher {

  @Override
  public byte[] fetch(String iri, String display, ReadLimits limits)
      throws InvalidDefinitionException {
    Path path = Iri.toPath(iri);
    try {
      if (!Files.exists(path)) {
        throw problem(display, "no such file" + nearby(path));
      }
      if (Files.isDirectory(path)) {
        throw problem(display, "expected a document, found a directory.");
      }
      if (!Files.isRegularFile(path)) {
        throw problem(display, "expected a document, found a device or a pipe.");
      }
      if (Files.size(path) > limits.maxBytes()) {
        throw NodeReader.tooLarge(display, limits);
      }
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes((int) limits.maxBytes() + 1);
        if (bytes.length > limits.maxBytes()) {
          throw NodeReader.tooLarge(display, limits);
        }
        return bytes;
      }
    } catch (IOException e) {
      throw problem(display, "cannot be read: " + reason(e) + ".");
    }
  }

  private static String nearby(Path path) throws IOException {
    Path folder = path.getParent();
    Path name = path.getFileName();
    if (folder == null || name == null) {
      return ".";
    }
    if (!Files.isDirectory(folder)) {
      return "; the folder " + folder + " does not exist either.";
    }
    try (var siblings = Files.list(folder)) {
      return NearestName.of(name.toString(), siblings.limit(10_000).map(FileFetcher::name).toList())
          .map(near -> "; did you mean \"" + near + "\"?")
          .orElse(".");
    }
  }

  private static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage());
  }

  private static InvalidDefinitionException problem(String display, String message) {
    return new InvalidDefinitionException(Problem.error(Position.startOf(display), message));
  }
}
