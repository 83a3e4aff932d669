package io.twinflow.engine.core.run;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Event.Execution;
import io.twinflow.workflowdefs.value.RecordValue;

/** What came of an attempt that ended. */
sealed interface Conclusion {

  record Succeeded(RecordValue outputs, Execution execution) implements Conclusion {}

  record Failed(Failure failure, Execution execution) implements Conclusion {}
}
