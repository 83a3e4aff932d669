package io.twinflow.engine.core.run;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Event.Execution;
import io.twinflow.engine.core.event.Raised;
import io.twinflow.workflowdefs.value.RecordValue;
import org.jspecify.annotations.Nullable;

/** What came of an attempt that ended. */
sealed interface Conclusion {

  record Succeeded(RecordValue outputs, Execution execution) implements Conclusion {}

  /**
   * @param raised what another attempt gets, beyond all retries; null if there is none for that
   */
  record Failed(Failure failure, Execution execution, @Nullable Raised raised)
      implements Conclusion {}
}
