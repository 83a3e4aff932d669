package io.twinflow.engine.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Files that come into a folder. */
record FolderFeed(Path incoming) implements Feed {

  @Override
  public String name() {
    return "folder";
  }

  @Override
  public String source(Path folder) throws IOException {
    Files.createDirectories(incoming);
    return "  folder: {type: folder, path: %s, settle: 1s, every: 2s, most: 1000000, for: everyone}\n"
        .formatted(incoming);
  }

  @Override
  public String trigger() {
    return "source: folder\nfilter: {type: io.twinflow.folder.file}\ninputs: {number: '$(parseInt(self.subject))'}\n";
  }

  /** What is there already is not written again, which would make it another file. */
  @Override
  public void send(List<Integer> numbers) throws IOException {
    for (int number : numbers) {
      Path file = incoming.resolve(Integer.toString(number));
      if (!Files.exists(file)) {
        Path part = Files.writeString(incoming.resolve(number + ".part"), "content of " + number);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  @Override
  public boolean keepsOrder() {
    return false;
  }
}
