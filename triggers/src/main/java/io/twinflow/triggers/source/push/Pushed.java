package io.twinflow.triggers.source.push;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sent who says to be the system of a source.
 *
 * @param shown what may be the secret, from wherever a request can show one beside its body
 * @param headers by their names in small letters
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Pushed(
    List<String> shown, Map<String, String> headers, @Nullable String contentType, byte[] body) {
  public Pushed {
    shown = List.copyOf(shown);
    headers = Map.copyOf(headers);
  }
}
