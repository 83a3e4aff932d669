package io.twinflow.engine.core;

import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.TaskSpec;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A site whose outputs take for ever to look at, unless whoever looks is interrupted. */
final class EndlessOutputs extends OddSite {

  private final Runnable whenLookedAt;

  EndlessOutputs(Runnable whenLookedAt) {
    this.whenLookedAt = whenLookedAt;
  }

  @Override
  public OutputFolder outputs(TaskSpec task) throws IOException {
    return new Endless();
  }

  private final class Endless implements OutputFolder {

    @Override
    public List<Entry> glob(String pattern) throws IOException {
      throw look();
    }

    @Override
    public Optional<Entry> find(String path) throws IOException {
      throw look();
    }

    @Override
    public List<Entry> list(Entry directory) throws IOException {
      throw look();
    }

    @Override
    public byte[] read(Entry file, int limit) throws IOException {
      throw look();
    }

    @Override
    public Identity identify(Entry file) throws IOException {
      throw look();
    }

    private IOException look() {
      whenLookedAt.run();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new ClosedByInterruptException();
    }
  }
}
