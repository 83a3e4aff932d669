package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.LoadListing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a process inherits from where it stands, as far as reading depends on it. The same document
 * under the same scope is the same process.
 *
 * @param version of the document around; null at the top
 * @param listing the default of an enclosing LoadListingRequirement
 * @param expressionLib null where no enclosing process allows JavaScript
 */
record Scope(
    @Nullable String version, @Nullable LoadListing listing, @Nullable List<String> expressionLib) {
  static final Scope TOP = new Scope(null, null, null);
}
