package io.twinflow.triggers.source.folder;

import io.twinflow.triggers.source.look.Looking;
import io.twinflow.triggers.source.look.LookingSource;
import java.time.Clock;

/** A folder that is listed now and then, and when something comes. */
final class FolderSource implements LookingSource {

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
  public Looking looking() {
    return looking;
  }

  @Override
  public void close() {
    looking.close();
    watch.close();
  }
}
