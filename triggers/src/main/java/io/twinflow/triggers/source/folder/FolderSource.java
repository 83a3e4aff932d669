package io.twinflow.triggers.source.folder;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceState;
import io.twinflow.triggers.source.look.Looking;
import java.time.Clock;
import java.util.List;

/** A folder that is listed now and then, and when something comes. */
final class FolderSource implements Source {

  private final WatchFolders watch;
  private final Looking looking;

  FolderSource(String name, FolderOptions options, Clock clock) {
    this.watch = new WatchFolders(name, this::wake);
    this.looking = new Looking(name, new FolderLook(options, clock, watch::watch), clock);
  }

  private void wake() {
    looking.wake();
  }

  @Override
  public void start(Intake intake) {
    looking.start(intake);
  }

  @Override
  public SourceState state() {
    return looking.state();
  }

  @Override
  public List<Finding> check() {
    return looking.check();
  }

  @Override
  public void close() {
    looking.close();
    watch.close();
  }
}
