package io.twinflow.engine.server.runs;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ReadLimits;
import io.twinflow.workflowdefs.source.SourceFetcher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what was uploaded and what lies below allowed roots, and nothing else of this machine. */
final class UploadFetcher implements SourceFetcher {

  private final List<Path> roots = new ArrayList<>();
  private final SourceFetcher reader = SourceFetcher.ofFilesAndHttp();

  UploadFetcher(Path upload, List<Path> allowed) {
    roots.add(upload);
    roots.addAll(allowed);
  }

  @Override
  public byte[] fetch(String iri, String display, ReadLimits limits)
      throws InvalidDefinitionException {
    if ("file".equals(Iri.scheme(iri)) && isOutside(iri)) {
      throw new InvalidDefinitionException(
          Problem.error(
              Position.startOf(display),
              "this file is not part of the upload, and the server reads no others; upload it with"
                  + " the workflow, or ask the administrator to allow its folder."));
    }
    return reader.fetch(iri, display, limits);
  }

  private boolean isOutside(String iri) {
    Path file = Path.of(URI.create(iri)).normalize();
    try {
      Path real = Files.exists(file) ? file.toRealPath() : file;
      for (Path root : roots) {
        if (real.startsWith(Files.exists(root) ? root.toRealPath() : root)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return true;
    }
  }
}
