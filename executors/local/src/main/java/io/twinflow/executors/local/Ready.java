package io.twinflow.executors.local;

import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.local.process.Ending;
import io.twinflow.executors.local.process.Launch;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An attempt that can be started. */
interface Ready {

  Launch launch();

  /** Whether the process that was started ended before the tool was, for what may pass. */
  default boolean canStartAgain(Ending ending) throws IOException {
    return false;
  }

  /** How the tool ended, given how the process that was started for it did. */
  Outcome outcome(Ending ending) throws IOException, AttemptFailure;

  /** Ends what runs for it apart from the process that was started. */
  void stop(Duration grace);

  /** It has ended, in whatever way: leaves the folder as collecting needs it. */
  void ended() throws IOException;

  /** What the site knows it by. */
  String siteId(long pid);

  @Nullable String imageDigest();

  /** Whether it may use what it has reserved of memory, and no more. */
  default boolean isLimited() {
    return false;
  }

  /** Whether the process that was started is the tool, so that what it used is the tool's. */
  boolean seesUsage();
}
