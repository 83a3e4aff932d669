package io.twinflow.triggers.source.folder;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has the system say when something comes into folders, so that they are listed at once. What it
 * forgets to say, or cannot, is found by the next listing.
 */
final class WatchFolders implements AutoCloseable {

  private static final Logger LOG = System.getLogger(WatchFolders.class.getName());

  /** Many files that come at one time are one reason to look. */
  private static final long APART_SECONDS = 1;

  private final String name;
  private final Runnable wake;
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private final Semaphore closing = new Semaphore(0);
  private @Nullable WatchService service;
  private boolean failed;

  WatchFolders(String name, Runnable wake) {
    this.name = name;
    this.wake = wake;
  }

  /** From now on these. */
  synchronized void watch(List<Path> folders) {
    if (failed || closing.availablePermits() > 0) {
      return;
    }
    try {
      WatchService watching = service;
      if (watching == null) {
        watching = FileSystems.getDefault().newWatchService();
        service = watching;
        WatchService started = watching;
        Thread.ofVirtual().name("watch " + name).start(() -> listen(started));
      }
      keys.values().removeIf(key -> !key.isValid());
      for (Path folder : folders) {
        if (!keys.containsKey(folder)) {
          watch(watching, folder);
        }
      }
    } catch (IOException e) {
      failed = true;
      LOG.log(
          Level.WARNING,
          "source {0}: the system does not say what comes into its folders, which are listed now and then all the same: {1}",
          name,
          e.getMessage());
    }
  }

  private void watch(WatchService watching, Path folder) throws IOException {
    try {
      keys.put(folder, folder.register(watching, StandardWatchEventKinds.ENTRY_CREATE));
    } catch (NoSuchFileException | NotDirectoryException e) {
      LOG.log(Level.DEBUG, "source {0}: {1} was taken away meanwhile", name, folder);
    }
  }

  private void listen(WatchService watching) {
    try {
      while (!closing.tryAcquire(APART_SECONDS, TimeUnit.SECONDS)) {
        WatchKey key = watching.take();
        key.pollEvents();
        key.reset();
        wake.run();
      }
    } catch (ClosedWatchServiceException e) {
      LOG.log(Level.DEBUG, "source {0} is closed", name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    closing.release();
    try {
      if (service != null) {
        service.close();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "source {0}: {1}", name, e.getMessage());
    }
  }
}
