package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.ReadLimits;
import io.twinflow.workflowdefs.source.SourceFetcher;
import io.twinflow.workflowdefs.source.TotalLimits;
import java.nio.file.Path;

/**
 * How documents are found and read.
 *
 * @param workingFolder relative names of files start here, and messages name files relative to it
 */
public record LoadOptions(
    SourceFetcher fetcher, ReadLimits limits, TotalLimits total, Path workingFolder) {

  /** Files and http(s) URLs, seen from the process's working folder. */
  public static LoadOptions defaults() {
    return new LoadOptions(
        SourceFetcher.ofFilesAndHttp(),
        ReadLimits.DEFAULT,
        TotalLimits.DEFAULT,
        Path.of("").toAbsolutePath());
  }

  public LoadOptions withFetcher(SourceFetcher newFetcher) {
    return new LoadOptions(newFetcher, limits, total, workingFolder);
  }

  /**
   * @param newTotal for all that one load reads
   */
  public LoadOptions withTotal(TotalLimits newTotal) {
    return new LoadOptions(fetcher, limits, newTotal, workingFolder);
  }

  public LoadOptions withWorkingFolder(Path folder) {
    return new LoadOptions(fetcher, limits, total, folder.toAbsolutePath());
  }
}
