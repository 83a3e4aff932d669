package io.twinflow.triggers.rule;

import io.twinflow.triggers.cloudevents.MediaTypes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A media type, or all of one kind, as {@code image/*}; in small letters, without parameters. */
record MediaRange(String text) {

  static final String EXPECTED = "a media type such as text/csv, or all of a kind, as image/*";

  private static final String ALL = "/*";
  private static final String NAME = "[a-z0-9][a-z0-9!#$&^_.+-]*";
  private static final Pattern FORM = Pattern.compile("%s/(%s|\\*)".formatted(NAME, NAME));

  /**
   * @throws IllegalArgumentException if it is none
   */
  static MediaRange of(String written) {
    String text = MediaTypes.plain(written);
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(written);
    }
    return new MediaRange(text);
  }

  boolean matches(@Nullable String mediaType) {
    String found = MediaTypes.plain(mediaType);
    return text.endsWith(ALL)
        ? found.startsWith(text.substring(0, text.length() - 1))
        : found.equals(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
