package io.twinflow.engine.server.results;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.ArtifactStore.Stored;
import io.twinflow.engine.core.artifact.StoreKey;
import io.twinflow.engine.stores.near.NearCopies;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A folder that lies in a store, where it is nothing but the names of files. */
record StoredFolder(ArtifactStore store, StoreKey key) {

  private String name(Stored stored) {
    return stored.key().text().substring(key.text().length() + 1);
  }

  private List<Stored> all() throws IOException {
    try (Stream<Stored> all = store.list(key.text() + "/")) {
      List<Stored> sorted =
          all.sorted(Comparator.comparing(stored -> stored.key().text())).toList();
      if (sorted.isEmpty()) {
        throw new FileNotFoundException("this folder is gone from the store");
      }
      return sorted;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isFile(Stored stored) {
    return !stored.key().names().getLast().equals(NearCopies.EMPTY);
  }

  List<FileOrDirectory> list() throws IOException {
    Map<String, FileOrDirectory> entries = new TreeMap<>();
    for (Stored stored : all()) {
      String name = name(stored);
      int slash = name.indexOf('/');
      String first = slash < 0 ? name : name.substring(0, slash);
      String location = store.location(key.child(first)).toString();
      if (slash >= 0) {
        entries.putIfAbsent(first, new DirectoryValue(location, null, first, null));
      } else if (isFile(stored)) {
        entries.put(
            first,
            new FileValue(location, null, first, null, stored.size(), List.of(), null, null));
      }
    }
    return List.copyOf(entries.values());
  }

  void zip(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    for (Stored stored : all()) {
      if (isFile(stored)) {
        zip.putNextEntry(new ZipEntry(name(stored)));
        try (InputStream in = store.open(stored, 0)) {
          in.transferTo(zip);
        }
        zip.closeEntry();
      }
    }
    zip.finish();
  }
}
