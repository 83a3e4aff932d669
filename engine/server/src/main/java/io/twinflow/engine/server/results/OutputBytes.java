package io.twinflow.engine.server.results;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.artifact.StoreKey;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.data.StoredResource;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Opens files that runs made. A location alone gives no right to read: it must lie where runs keep
 * their data, or below an allowed root, whatever links stand on the way.
 */
@Component
public final class OutputBytes {

  private final List<Path> roots = new ArrayList<>();
  private final ArtifactStore store;

  OutputBytes(ServerSettings settings, ArtifactStore store) {
    this.store = store;
    for (String folder : List.of("runs", "uploads", "cache", "inputs", "near")) {
      roots.add(settings.data().resolve(folder));
    }
    roots.addAll(settings.trust().roots());
  }

  /**
   * @throws FileNotFoundException if it is gone, or lies where nobody may read
   */
  public Resource open(FileValue file) throws IOException {
    String location = file.location();
    if (location == null || Locations.isLiteral(file)) {
      String contents = file.contents();
      return new ByteArrayResource(
          (contents == null ? "" : contents).getBytes(StandardCharsets.UTF_8));
    }
    Optional<StoreKey> key = elsewhere(location);
    if (key.isEmpty()) {
      return new FileSystemResource(real(location));
    }
    return new StoredResource(
        store,
        store
            .find(key.get())
            .orElseThrow(() -> new FileNotFoundException("this file is gone from the store")));
  }

  /**
   * A URL by which anybody can read the file for a while.
   *
   * @return empty where files have no such URLs
   */
  public Optional<URI> link(FileValue file, Duration valid) throws IOException {
    String location = file.location();
    Optional<StoreKey> key =
        location == null || Locations.isLiteral(file) ? Optional.empty() : elsewhere(location);
    return key.isEmpty()
        ? Optional.empty()
        : store.link(key.get(), valid, file.basename() == null ? "output" : file.basename());
  }

  /** What lies in a folder under a name, if it is not listed. */
  Optional<FileOrDirectory> child(DirectoryValue folder, String name) {
    String location = folder.location();
    if (location == null
        || !location.startsWith("s3:")
        || name.contains("/")
        || name.equals("..")
        || name.equals(".")) {
      return Optional.empty();
    }
    try {
      return list(folder).stream().filter(entry -> name.equals(entry.basename())).findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<StoreKey> elsewhere(String location) {
    return location.startsWith("file:") ? Optional.empty() : store.key(Locations.uri(location));
  }

  /** The folder as a ZIP archive; the stream stays open. */
  public void zip(DirectoryValue directory, OutputStream out) throws IOException {
    String location = directory.location();
    if (location == null) {
      throw new FileNotFoundException("this folder lies nowhere; ask for what it lists");
    }
    Optional<StoreKey> key = elsewhere(location);
    if (key.isPresent()) {
      new StoredFolder(store, key.get()).zip(out);
      return;
    }
    Path folder = real(location);
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) walk.sorted()::iterator) {
        if (Files.isRegularFile(path) && path.toRealPath().startsWith(folder)) {
          zip.putNextEntry(new ZipEntry(folder.relativize(path).toString()));
          Files.copy(path, zip);
          zip.closeEntry();
        }
      }
    }
    zip.finish();
  }

  /** What lies in a folder, by name; links that lead out of it are not shown. */
  public List<FileOrDirectory> list(DirectoryValue directory) throws IOException {
    List<FileOrDirectory> listing = directory.listing();
    String location = directory.location();
    if (location == null || location.startsWith("_:")) {
      return listing == null ? List.of() : listing;
    }
    Optional<StoreKey> key = elsewhere(location);
    if (key.isPresent()) {
      return new StoredFolder(store, key.get()).list();
    }
    Path folder = real(location);
    List<FileOrDirectory> entries = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path path : (Iterable<Path>) all.sorted()::iterator) {
        if (Files.exists(path) && path.toRealPath().startsWith(folder)) {
          entries.add(entry(path));
        }
      }
    }
    return entries;
  }

  private static FileOrDirectory entry(Path path) throws IOException {
    String name = String.valueOf(path.getFileName());
    return Files.isDirectory(path)
        ? new DirectoryValue(Locations.of(path), null, name, null)
        : new FileValue(
            Locations.of(path), null, name, null, Files.size(path), List.of(), null, null);
  }

  private Path real(String location) throws IOException {
    Path path = Locations.path(location);
    if (path == null) {
      throw new FileNotFoundException(
          "%s lies in another store; fetch it from there".formatted(location));
    }
    if (Files.exists(path)) {
      Path real = path.toRealPath();
      for (Path root : roots) {
        if (Files.exists(root) && real.startsWith(root.toRealPath())) {
          return real;
        }
      }
    }
    throw new FileNotFoundException("this file is gone, or is not one that this run made");
  }
}
