package io.twinflow.engine.stores.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.artifact.StoreKey;
import io.twinflow.engine.stores.folder.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearCopiesIT {

  private static final StoreKey FILE = new StoreKey("default/admin/runs/r/a/one.txt");
  private static final StoreKey OTHER = new StoreKey("default/admin/runs/r/b/two.txt");
  private static final StoreKey FOLDER = new StoreKey("default/admin/runs/r/a");

  @TempDir Path folder;

  private Path root;
  private NearCopies near;
  private Instant aWeekAgo;

  @BeforeEach
  void start() throws IOException {
    root = folder.resolve("near");
    FolderStore store = new FolderStore(folder.resolve("store"), false);
    Path text = Files.writeString(folder.resolve("text"), "text");
    store.put(FILE, text);
    store.put(OTHER, text);
    near = new NearCopies(store, root);
    aWeekAgo = Instant.now().minus(Duration.ofDays(7));
  }

  /** As if everything there had happened a month ago. */
  private void age() throws IOException {
    FileTime then = FileTime.from(Instant.now().minus(Duration.ofDays(30)));
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Files.setLastModifiedTime(path, then);
      }
    }
  }

  private void removeUnused() throws IOException {
    for (NearCopies.Unused copy : near.unused(aWeekAgo)) {
      near.remove(copy.name(), aWeekAgo);
    }
  }

  @Test
  void what_was_not_used_for_long_goes_and_comes_again_when_it_is_asked_for() throws Exception {
    Path file = near.file(FILE);
    Path content = near.folder(FOLDER);
    Path cut = Files.createDirectories(root.resolve("parts/p1"));
    assertThat(near.unused(aWeekAgo)).as("all are new").isEmpty();
    age();
    assertThat(near.unused(aWeekAgo)).extracting(NearCopies.Unused::bytes).contains(4L);
    removeUnused();

    assertThat(file).doesNotExist();
    assertThat(content).doesNotExist();
    assertThat(cut).doesNotExist();
    assertThat(root.resolve("files/default")).as("nor the folders that held it").doesNotExist();
    assertThat(near.file(FILE)).hasContent("text");
    assertThat(near.folder(FOLDER).resolve("one.txt")).hasContent("text");
  }

  @Test
  void what_was_used_since_stays_and_its_own_time_does_not_change() throws Exception {
    Path file = near.file(FILE);
    Path other = near.file(OTHER);
    near.folder(FOLDER);
    age();
    FileTime before = Files.getLastModifiedTime(file);
    NearCopies.Unused listed =
        near.unused(aWeekAgo).stream()
            .filter(copy -> copy.name().endsWith("one.txt"))
            .findFirst()
            .orElseThrow();
    // A server that was started since: nothing is remembered but what the disk says.
    near = new NearCopies(new FolderStore(folder.resolve("store"), false), root);
    assertThat(near.file(FILE)).isEqualTo(file);
    Path content = near.folder(FOLDER);

    near.remove(listed.name(), aWeekAgo);
    removeUnused();
    assertThat(file).exists();
    assertThat(content).exists();
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
    assertThat(other).doesNotExist();
  }
}
