package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.artifact.HttpSource;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ReadLimits;
import io.twinflow.workflowdefs.source.SourceFetcher;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Reads what was uploaded, what lies below allowed roots and what stands at URLs the server may
 * call, and nothing else.
 */
final class UploadFetcher implements SourceFetcher {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int PART = 64 * 1024;

  private final FileRoots roots;
  private final HttpSource outgoing;
  private final SourceFetcher files = SourceFetcher.ofFilesAndHttp();

  UploadFetcher(FileRoots roots, HttpSource outgoing) {
    this.roots = roots;
    this.outgoing = outgoing;
  }

  @Override
  public byte[] fetch(String iri, String display, ReadLimits limits)
      throws InvalidDefinitionException {
    String scheme = Iri.scheme(iri);
    if ("http".equals(scheme) || "https".equals(scheme)) {
      return download(iri, display, limits);
    }
    if ("file".equals(scheme) && !roots.hold(Path.of(URI.create(iri)))) {
      throw problem(
          display,
          "this file is not part of the upload, and the server reads no others; upload it with"
              + " the workflow, or ask the administrator to allow its folder.");
    }
    return files.fetch(iri, display, limits);
  }

  private byte[] download(String iri, String display, ReadLimits limits)
      throws InvalidDefinitionException {
    try {
      HttpSource.Answer answer = outgoing.get(URI.create(iri), Map.of());
      try (InputStream body = answer.body()) {
        if (answer.status() != 200) {
          throw problem(display, "the server answered " + answer.status() + ".");
        }
        return read(body, display, limits);
      }
    } catch (IllegalArgumentException e) {
      throw problem(display, "is no URL: " + e.getMessage() + ".");
    } catch (AccessDeniedException e) {
      throw problem(display, "cannot be fetched: " + e.getReason() + ".");
    } catch (IOException e) {
      throw problem(display, "cannot be fetched: " + e.getMessage() + ".");
    }
  }

  /** The time limit holds for the whole document, however slowly it drips. */
  private static byte[] read(InputStream body, String display, ReadLimits limits)
      throws IOException, InvalidDefinitionException {
    long end = System.nanoTime() + LIMIT.toNanos();
    java.io.ByteArrayOutputStream whole = new java.io.ByteArrayOutputStream();
    byte[] part = new byte[PART];
    int length = body.read(part);
    while (length >= 0) {
      whole.write(part, 0, length);
      if (whole.size() > limits.maxBytes()) {
        throw problem(display, "it is larger than the bound of " + limits.maxBytes() + " bytes.");
      }
      if (System.nanoTime() > end) {
        throw problem(
            display, "the server did not answer in full within " + LIMIT.toSeconds() + " s.");
      }
      length = body.read(part);
    }
    return whole.toByteArray();
  }

  private static InvalidDefinitionException problem(String display, String message) {
    return new InvalidDefinitionException(Problem.error(Position.startOf(display), message));
  }
}
