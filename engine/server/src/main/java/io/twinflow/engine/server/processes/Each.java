package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.ProcessException;
import io.twinflow.engine.core.FailureException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * What cannot be done for one process is told and tried again, and keeps no other from going on.
 */
final class Each {

  private static final Logger LOG = System.getLogger(Each.class.getName());

  private Each() {}

  interface Deed {
    void run() throws IOException, FailureException, ProcessException;
  }

  static void tryIt(String run, Deed deed) {
    try {
      deed.run();
    } catch (IOException | FailureException | ProcessException | RuntimeException e) {
      LOG.log(Level.WARNING, "the process {0} waits: {1}", run, String.valueOf(e.getMessage()));
      LOG.log(Level.DEBUG, "why", e);
    }
  }
}
