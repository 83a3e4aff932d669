package io.twinflow.workflowdefs.value;

import org.jspecify.annotations.Nullable;

/** What {@link FileValue} and {@link DirectoryValue} share. */
public sealed interface FileOrDirectory permits FileValue, DirectoryValue {

  /** An absolute IRI (file:, http:, s3: …), or null for a literal. */
  @Nullable String location();

  /** Where the tool sees it; only set inside a task or when the tool reported it. */
  @Nullable String path();

  @Nullable String basename();

  /** As a value; every file or directory is one. */
  default Value asValue() {
    return switch (this) {
      case FileValue file -> file;
      case DirectoryValue directory -> directory;
    };
  }
}
