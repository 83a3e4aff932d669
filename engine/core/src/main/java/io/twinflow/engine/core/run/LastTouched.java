package io.twinflow.engine.core.run;

import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When the newest file of a value was changed. Each location is looked at once, and so is a long
 * list that many shards share: otherwise a scatter with an unscattered array or folder would cost
 * the square of its size. Safe for many threads.
 */
final class LastTouched {

  static final FileTime NEVER = FileTime.from(Instant.MIN);

  /** Of what is gone, or cannot be looked at. */
  static final FileTime UNKNOWN = FileTime.from(Instant.MAX);

  private static final int LONG = 64;

  private final Map<String, FileTime> locations = new ConcurrentHashMap<>();
  private final IdentityHashMap<ListValue, FileTime> lists = new IdentityHashMap<>();

  FileTime of(Value value) {
    return switch (value) {
      case FileValue file ->
          later(
              of(file.location()),
              newest(file.secondaryFiles().stream().map(FileOrDirectory::asValue).toList()));
      case DirectoryValue directory -> {
        List<FileOrDirectory> listing = directory.listing();
        yield directory.location() != null || listing == null
            ? of(directory.location())
            : newest(listing.stream().map(FileOrDirectory::asValue).toList());
      }
      case ListValue list -> list.items().size() < LONG ? newest(list.items()) : remembered(list);
      case RecordValue record -> newest(record.fields().values());
      case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _, StringValue _ -> NEVER;
    };
  }

  private FileTime newest(Collection<? extends Value> values) {
    FileTime newest = NEVER;
    for (Value value : values) {
      newest = later(newest, of(value));
    }
    return newest;
  }

  private FileTime remembered(ListValue list) {
    synchronized (lists) {
      FileTime known = lists.get(list);
      if (known == null) {
        known = newest(list.items());
        lists.put(list, known);
      }
      return known;
    }
  }

  private FileTime of(@Nullable String location) {
    return location == null ? NEVER : locations.computeIfAbsent(location, LastTouched::look);
  }

  private static FileTime look(String location) {
    try {
      Path path = Locations.path(location);
      return path == null ? NEVER : below(path);
    } catch (IOException | IllegalArgumentException e) {
      return UNKNOWN;
    }
  }

  /** Of a file, or of a folder and all that is in it. */
  static FileTime below(Path path) throws IOException {
    FileTime newest = NEVER;
    try (Stream<Path> all = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
      for (Path inside : (Iterable<Path>) all::iterator) {
        newest = later(newest, at(inside));
      }
      return newest;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** A link is touched with what it points to; one that points nowhere is only what it says. */
  private static FileTime at(Path path) throws IOException {
    FileTime own = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
    return Files.exists(path) ? later(own, Files.getLastModifiedTime(path)) : own;
  }

  private static FileTime later(FileTime a, FileTime b) {
    return a.compareTo(b) < 0 ? b : a;
  }
}
