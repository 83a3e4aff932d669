package io.twinflow.triggers.source.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchFoldersTest {

  @TempDir private Path folder;

  @Test
  void oneThatWasTakenAwayMeanwhileIsNoReasonToStopWatching() throws Exception {
    Semaphore woken = new Semaphore(0);
    try (WatchFolders watch = new WatchFolders("test", woken::release)) {
      watch.watch(List.of(folder.resolve("gone"), folder));
      Path later = Files.createDirectory(folder.resolve("later"));
      assertThat(woken.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      watch.watch(List.of(folder, later));
      Files.writeString(later.resolve("a.csv"), "1");
      assertThat(woken.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whenItIsClosedItWatchesNothingMore() throws Exception {
    Semaphore woken = new Semaphore(0);
    WatchFolders watch = new WatchFolders("test", woken::release);
    watch.close();
    watch.watch(List.of(folder));
    watch.close();
    assertThat(woken.availablePermits()).isZero();
  }
}
