package io.twinflow.executors.serverless.oscar;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which attempts need which services, written down where all engines of a site look: they do not
 * delete each other's services.
 */
public interface Uses {

  void begin(String service, String attempt) throws IOException;

  /** The services that it used. */
  List<String> end(String attempt) throws IOException;

  /** The services that nobody needs and nobody has needed for that long; as a rule told once. */
  List<String> takeIdle(Duration keep, Instant now) throws IOException;
}
