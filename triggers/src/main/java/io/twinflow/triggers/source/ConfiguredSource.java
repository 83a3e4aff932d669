package io.twinflow.triggers.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source and what its administrator says about it.
 *
 * @param contentType the media type of messages that do not say theirs; null for none
 * @param subjects whose triggers it is for; {@link #EVERYONE} for all, none for administrators
 */
public record ConfiguredSource(
    String name,
    Source source,
    Format format,
    @Nullable String contentType,
    List<String> subjects) {

  public static final String EVERYONE = "everyone";

  public ConfiguredSource {
    subjects = List.copyOf(subjects);
  }

  public boolean isFor(String subject) {
    return subjects.contains(EVERYONE) || subjects.contains(subject);
  }
}
