package io.twinflow.executors.api;

import java.net.URI;

/**
 * One thing to put in place before the tool starts, in the order given. Targets are absolute paths
 * as the tool sees them: below the {@link Layout}'s folders, or anywhere inside a container.
 */
public sealed interface Staging {

  String target();

  /** An existing file or folder, read-only to the tool, without a copy where the site can. */
  record Link(URI source, String target, boolean directory) implements Staging {}

  /** A private, writable copy. */
  record Copy(URI source, String target, boolean directory) implements Staging {}

  /** The thing itself, writable; changes are meant (CWL InplaceUpdateRequirement). */
  record InPlace(URI source, String target, boolean directory) implements Staging {}

  /**
   * A file with this text.
   *
   * @param secret readable by the tool's user only, and removed when the attempt is released unless
   *     {@link OutputFolder#keep} was asked for it
   */
  record WriteText(String text, String target, boolean writable, boolean secret)
      implements Staging {

    public WriteText(String text, String target, boolean writable) {
      this(text, target, writable, false);
    }

    @Override
    public String toString() {
      return "WriteText[%s, target=%s]".formatted(secret ? "***" : text, target);
    }
  }

  /** An empty folder; later entries may put things below it. */
  record MakeDirectory(String target, boolean writable) implements Staging {}
}
