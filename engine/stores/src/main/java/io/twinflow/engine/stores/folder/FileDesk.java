package io.twinflow.engine.stores.folder;

import io.twinflow.engine.core.artifact.ArtifactStore.Stored;
import io.twinflow.engine.core.artifact.StoreKey;
import io.twinflow.engine.stores.folder.SignedUrls.Right;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers at the URLs that a {@link FolderPlace} has signed: gives files and takes them, as an
 * object store does. Safe for many threads.
 */
public final class FileDesk {

  private static final Logger LOG = System.getLogger(FileDesk.class.getName());

  /** Left free for the engine itself, bytes. */
  private static final long ROOM = 1L << 30;

  private final FolderPlace place;

  public FileDesk(FolderPlace place) {
    this.place = place;
  }

  /**
   * What is asked by HTTP.
   *
   * @param path below the desk's own URL, as it stands in the request
   * @param length of the body in bytes; negative if it is not told
   * @param onlyIfAbsent {@code If-None-Match: *}
   */
  public record Request(
      String method,
      String path,
      String query,
      long length,
      boolean onlyIfAbsent,
      InputStream body) {}

  /**
   * @param status of HTTP: 200; 400 for a body that breaks off; 403 for a URL that is not signed,
   *     or not any more; 404; 411; 412 if there is something already; 507 if the disk is full; 500
   * @param tag the header ETag; empty for none
   * @param text for people; empty where there is a content
   * @param content what is fetched; who sends the answer closes it
   */
  public record Answer(
      int status, String tag, String text, long length, @Nullable InputStream content) {

    public static Answer of(int status, String text) {
      return new Answer(status, "", text, text.length(), null);
    }
  }

  /** An unfinished body is no object. */
  public Answer answer(Request request) {
    Optional<Right> right = place.urls().read(request.method(), request.path(), request.query());
    if (right.isEmpty()) {
      return Answer.of(403, "this URL is not signed, or its time is over\n");
    }
    try {
      return right.get().method().equals("GET") ? give(right.get()) : take(right.get(), request);
    } catch (IllegalArgumentException e) {
      return Answer.of(403, "no object has this name\n");
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} {1}: {2}", request.method(), right.get().name(), e.toString());
      return isFull(0) ? full() : Answer.of(500, "the engine cannot use its folder\n");
    }
  }

  private Answer give(Right right) throws IOException {
    Optional<Stored> there = place.store().find(new StoreKey(right.name()));
    return there.isEmpty()
        ? Answer.of(404, "there is no such object\n")
        : new Answer(200, "", "", there.get().size(), place.store().open(there.get(), 0));
  }

  private Answer take(Right right, Request request) throws IOException {
    if (request.length() < 0) {
      return Answer.of(411, "the length of the body must be told\n");
    }
    if (isFull(request.length())) {
      return full();
    }
    Path part = place.store().newFile();
    try {
      long size;
      try {
        size = OnDisk.write(part, request.body());
      } catch (IOException e) {
        if (isFull(request.length())) {
          return full();
        }
        throw e;
      }
      return size == request.length()
          ? taken(right, request.onlyIfAbsent(), part)
          : Answer.of(400, "the body broke off\n");
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Answer taken(Right right, boolean onlyIfAbsent, Path part) throws IOException {
    if (right.isPart()) {
      return place.uploads().isOf(right.upload(), right.name())
          ? tagged(place.uploads().add(right.upload(), right.part(), part))
          : Answer.of(404, "there is no such upload\n");
    }
    StoreKey key = new StoreKey(right.name());
    if (onlyIfAbsent) {
      return place
          .store()
          .placeIfAbsent(key, part)
          .map(FileDesk::tagged)
          .orElseGet(() -> Answer.of(412, "there is something already\n"));
    }
    return tagged(place.store().place(key, part));
  }

  private static Answer tagged(Stored stored) {
    return tagged(Integer.toHexString(stored.version().hashCode()));
  }

  private static Answer tagged(String tag) {
    return new Answer(200, "\"" + tag + "\"", "", 0, null);
  }

  private boolean isFull(long more) {
    try {
      FileStore disk = Files.getFileStore(place.root());
      return disk.getUsableSpace() - more < ROOM;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0}", e.toString());
      return false;
    }
  }

  private static Answer full() {
    return Answer.of(507, "<Code>DiskFull</Code> the engine's disk has no room for this\n");
  }
}
