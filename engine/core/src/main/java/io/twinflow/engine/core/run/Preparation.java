package io.twinflow.engine.core.run;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Event.CacheKey;
import io.twinflow.engine.core.event.Event.Origin;
import io.twinflow.engine.core.task.PreparedTask;
import io.twinflow.workflowdefs.value.RecordValue;
import org.jspecify.annotations.Nullable;

/** What came of preparing an attempt. */
sealed interface Preparation {

  /** It can be submitted. */
  record Ready(PreparedTask task, @Nullable CacheKey key) implements Preparation {}

  /** No attempt is needed: the outputs are there. */
  record Done(RecordValue outputs, Origin origin, @Nullable CacheKey key) implements Preparation {}

  record Failed(Failure failure) implements Preparation {}
}
