package io.twinflow.triggers.source.look;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceState;
import java.util.List;

/** A source that looks, and can do something besides. */
public interface LookingSource extends Source {

  /** The same each time. */
  Looking looking();

  @Override
  default void start(Intake intake) {
    looking().start(intake);
  }

  @Override
  default SourceState state() {
    return looking().state();
  }

  @Override
  default List<Finding> check() {
    return looking().check();
  }

  @Override
  default void close() {
    looking().close();
  }
}
