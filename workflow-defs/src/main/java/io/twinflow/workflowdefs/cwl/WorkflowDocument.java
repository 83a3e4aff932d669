package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.source.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A definition, loaded and checked.
 *
 * @param process what to run
 * @param pinned the packed, resolved source closure as two lines of JSON: where the sources lay,
 *     then the sources with their positions. Everything needed to load the same process again
 *     without the user's files
 * @param ontology subclass relations of file formats, from {@code $schemas}
 * @param warnings findings that do not stop a run
 */
public record WorkflowDocument(
    CwlProcess process, String pinned, FormatOntology ontology, List<Problem> warnings) {
  public WorkflowDocument {
    warnings = List.copyOf(warnings);
  }

  /**
   * The workflow version: the SHA-256 (64 hexadecimal digits) of the pinned sources, without the
   * place they lay in. The same sources in the same places relative to each other have the same
   * version in any folder.
   */
  public String version() {
    String sources = pinned.substring(pinned.indexOf('\n') + 1);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(sources.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
