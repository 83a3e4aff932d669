package io.twinflow.workflowdefs.source;

import java.time.Duration;

/**
 * Reads the bytes behind an absolute IRI. Implementations hold to the bound on bytes before they
 * allocate, and to a time limit. A server gives one that refuses roots and hosts it does not trust.
 */
@FunctionalInterface
public interface SourceFetcher {

  /**
   * @param display how a person would write the source, for messages
   * @throws InvalidDefinitionException with one clear line: missing, a directory, unreadable, too
   *     large, refused, or not answered in time
   */
  byte[] fetch(String iri, String display, ReadLimits limits) throws InvalidDefinitionException;

  /** The fetcher of a command line: files and http(s) URLs. */
  static SourceFetcher ofFilesAndHttp() {
    FileFetcher files = new FileFetcher();
    HttpFetcher http = new HttpFetcher(Duration.ofSeconds(30));
    return (iri, display, limits) -> {
      String scheme = Iri.scheme(iri);
      if ("file".equals(scheme)) {
        return files.fetch(iri, display, limits);
      }
      if ("http".equals(scheme) || "https".equals(scheme)) {
        return http.fetch(iri, display, limits);
      }
      throw new InvalidDefinitionException(
          Problem.error(
              Position.startOf(display),
              "expected a file or an http(s) URL; the scheme of this location is not read here."));
    };
  }
}
