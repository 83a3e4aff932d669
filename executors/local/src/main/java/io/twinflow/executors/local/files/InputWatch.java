package io.twinflow.executors.local.files;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.bundle.AttemptFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds inputs that were changed while a tool ran that nothing kept from it. */
public final class InputWatch {

  /** Of a folder, so many entries are looked at; the rest is trusted. */
  private static final int BOUND = 1000;

  private record Seen(long size, long modified, @Nullable Object inode) {}

  private final Map<Path, Seen> before = new LinkedHashMap<>();

  public InputWatch(List<Staging> staging) throws IOException {
    Set<Path> meant = new LinkedHashSet<>();
    for (Staging entry : staging) {
      if (entry instanceof Staging.InPlace thing) {
        meant.add(Path.of(thing.source()));
      }
    }
    for (Staging entry : staging) {
      if (entry instanceof Staging.Link link) {
        Path source = Path.of(link.source());
        if (meant.stream().noneMatch(m -> m.startsWith(source) || source.startsWith(m))) {
          look(source, link.directory());
        }
      }
    }
  }

  public void check() throws IOException, AttemptFailure {
    for (var entry : before.entrySet()) {
      Seen now = seen(entry.getKey());
      if (!entry.getValue().equals(now)) {
        throw new AttemptFailure(
            FailureKind.TASK,
            "input %s was %s while the tool ran, and inputs are read-only; a tool that must change one stages it with InitialWorkDirRequirement and writable: true, which gives it a copy"
                .formatted(entry.getKey(), now == null ? "deleted" : "changed"));
      }
    }
  }

  private void look(Path source, boolean directory) throws IOException {
    if (!directory) {
      remember(source);
      return;
    }
    try (Stream<Path> tree = Files.walk(source)) {
      for (Path path : (Iterable<Path>) tree.limit(BOUND)::iterator) {
        remember(path);
      }
    }
  }

  private void remember(Path path) throws IOException {
    Seen seen = seen(path);
    if (seen != null) {
      before.put(path, seen);
    }
  }

  private static @Nullable Seen seen(Path path) throws IOException {
    try {
      BasicFileAttributes a = Files.readAttributes(path, BasicFileAttributes.class);
      return new Seen(a.size(), a.lastModifiedTime().toMillis(), a.fileKey());
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
