package io.twinflow.engine.server.triggers;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.secret.Handle;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.PublicText;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.triggers.source.runs.RunResults;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** What ended runs made, for events: the same as their owners are shown, by where it lies. */
@Component
final class TellResults implements RunResults {

  /** The journal does not answer now. */
  private static final String LATER = "journal.io";

  private final Runs runs;

  TellResults(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Optional<Result> of(String tenant, String run) throws IOException {
    try {
      return Optional.of(of(runs.get(new Caller(tenant, "triggers", true), run)));
    } catch (NoSuchRunException e) {
      return Optional.empty();
    } catch (DataAccessException e) {
      throw new IOException("the database: " + e.getMessage(), e);
    }
  }

  private Result of(RunRow run) throws IOException {
    @Nullable Failure failure = null;
    try {
      failure = runs.end(run).map(Event.RunEnded::failure).orElse(null);
      RecordValue outputs = runs.outputs(run).orElse(RecordValue.EMPTY);
      return result(Handle.masked(ValueJson.write(outputs)), null, failure);
    } catch (FailureException e) {
      if (e.failure().code().equals(LATER)) {
        throw new IOException(e.getMessage(), e);
      }
      return result(null, e.failure().message(), failure);
    }
  }

  private static Result result(
      @Nullable String outputs, @Nullable String withheld, @Nullable Failure failure) {
    return new Result(
        outputs,
        withheld,
        failure == null ? null : failure.kind().name(),
        failure == null ? null : PublicText.of(failure.message()));
  }
}
