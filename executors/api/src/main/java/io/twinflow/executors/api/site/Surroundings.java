package io.twinflow.executors.api.site;

import io.twinflow.executors.api.place.Exchange;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an engine offers to its sites.
 *
 * @param runs the folder on this machine where the runs are, absolute
 * @param exchange for sites that share no folder with this machine; empty if nothing is set up
 */
public record Surroundings(Path runs, Optional<Exchange> exchange) {

  public Surroundings(Path runs) {
    this(runs, Optional.empty());
  }
}
