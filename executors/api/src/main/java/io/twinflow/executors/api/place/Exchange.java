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
 * @param callbacks who hears what sites tell of their own accord
 */
public record Exchange(
    ObjectPlace place,
    URI tickets,
    String secret,
    Function<AttemptKey, String> folder,
    Callbacks callbacks) {

  public Exchange(
      ObjectPlace place, URI tickets, String secret, Function<AttemptKey, String> folder) {
    this(place, tickets, secret, folder, new Callbacks());
  }

  /** The URL where a site tells of its attempts, as it reaches it, beside that of tickets. */
  public URI callbacks(String site) {
    String beside = tickets.toString().replaceFirst("/*$", "");
    return URI.create(beside.substring(0, beside.lastIndexOf('/')) + "/callbacks/" + site);
  }

  /** The same for one attempt; the installation and the attempt are in its path. */
  public URI callback(String site, AttemptKey attempt) {
    return URI.create(
        "%s/%s/%s".formatted(callbacks(site), attempt.installation(), attempt.value()));
  }

  @Override
  public String toString() {
    return "Exchange[%s, tickets at %s]".formatted(place.words(), tickets);
  }
}
