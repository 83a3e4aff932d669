package io.twinflow.triggers.cloudevents;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Media types (RFC 9110, section 8.3.1). */
public final class MediaTypes {

  private MediaTypes() {}

  /** In small letters, without parameters; empty if there is none. */
  public static String plain(@Nullable String mediaType) {
    return mediaType == null ? "" : mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
