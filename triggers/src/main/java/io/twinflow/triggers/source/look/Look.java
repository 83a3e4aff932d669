package io.twinflow.triggers.source.look;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.Intake;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What a source does each time that it looks. For one thread, but for the check. */
public interface Look extends AutoCloseable {

  /**
   * Gives the intake what is new. After an error it is called again, and gives the same again.
   *
   * @return when to look again at the latest
   * @throws IOException why nothing can be found, or kept, now; the source's state says it
   */
  Duration look(Intake intake) throws IOException;

  /** Looks whether all that it needs is there. */
  List<Finding> check();

  /** Nobody looks any more. */
  @Override
  default void close() {}
}
