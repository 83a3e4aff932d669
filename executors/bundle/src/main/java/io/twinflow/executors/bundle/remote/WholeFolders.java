package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.OutputFolder.Entry;
import io.twinflow.executors.api.OutputFolder.EscapeException;
import io.twinflow.executors.api.place.ObjectPlace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes of a folder in the place what it was where it was made: an object stands for a folder with
 * nothing in it, and what links led to lies under their names. The store copies; the bytes do not
 * come here, but for inputs of this machine.
 *
 * @param made what begins the names of all that an attempt has made
 */
record WholeFolders(ObjectPlace place, OutputFolder outputs, String made) {

  /**
   * @param folder of the outputs
   */
  void complete(Entry folder) throws IOException, EscapeException {
    Optional<String> name = place.name(URI.create(folder.location()));
    if (folder.directory() && name.isPresent() && name.get().startsWith(made)) {
      complete(folder, name.get(), new ArrayList<>());
    }
  }

  private void complete(Entry folder, String name, List<String> above)
      throws IOException, EscapeException {
    if (above.contains(folder.location())) {
      throw new IOException(
          "%s is a link to a folder that holds it; take the link out of the folder"
              .formatted(folder.path()));
    }
    above.add(folder.location());
    List<Entry> children = outputs.list(folder);
    for (Entry child : children) {
      String wanted = name + "/" + child.name();
      if (child.directory()) {
        complete(child, wanted, above);
      } else {
        bring(URI.create(child.location()), wanted);
      }
    }
    if (children.isEmpty()) {
      place.keepFolder(name);
    }
    above.removeLast();
  }

  private void bring(URI location, String wanted) throws IOException {
    Optional<String> there = place.name(location);
    if ((there.isPresent() && there.get().equals(wanted)) || place.find(wanted).isPresent()) {
      return;
    }
    if (there.isPresent()) {
      place.copy(there.get(), wanted);
    } else if ("file".equals(location.getScheme())) {
      place.put(wanted, Path.of(location));
    } else {
      throw new IOException(
          "an output folder has a link to %s, which cannot be copied into the store"
              .formatted(location));
    }
  }
}
