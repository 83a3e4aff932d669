package io.twinflow.executors.api.place;

import io.twinflow.executors.api.AttemptKey;
import java.net.URI;
import java.util.function.Function;

/**
 * How sites without a shared folder exchange files with this engine.
 *
 * @param tickets the URL where they ask for URLs, as they reach it; the site's name and the
 *     attempt's key follow
 * @param secret of the installation, at least 32 bytes in UTF-8: who has it can ask for any attempt
 * @param folder of an attempt in the place, where its outputs and logs stay as long as the run does
 */
public record Exchange(
    ObjectPlace place, URI tickets, String secret, Function<AttemptKey, String> folder) {

  @Override
  public String toString() {
    return "Exchange[%s, tickets at %s]".formatted(place.words(), tickets);
  }
}
