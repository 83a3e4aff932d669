package io.twinflow.workflowdefs.cwl;

import java.util.List;

/**
 * What a parameter or record field says about its files.
 *
 * @param formats IRIs or expressions; a file must have one of them (inputs) or gets it (outputs)
 * @param loadContents whether the first 64 KiB are read into {@code contents}
 * @param loadListing how much of a directory is listed; the document's default is already applied
 */
public record FileTraits(
    List<SecondaryFile> secondaryFiles,
    boolean streamable,
    List<ExpressionText> formats,
    boolean loadContents,
    LoadListing loadListing) {

  public static final FileTraits NONE =
      new FileTraits(List.of(), false, List.of(), false, LoadListing.NONE);

  public FileTraits {
    secondaryFiles = List.copyOf(secondaryFiles);
    formats = List.copyOf(formats);
  }
}
