package io.twinflow.engine.server.runs;

import io.twinflow.engine.server.boot.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Where submissions put what they bring: a folder each. */
@Component
public final class Uploads {

  private final DataFolder folder;

  Uploads(DataFolder folder) {
    this.folder = folder;
  }

  public Path newFolder() throws IOException {
    Files.createDirectories(folder.uploads());
    return Files.createTempDirectory(folder.uploads(), "u");
  }

  /**
   * @param name a file name, or a path below the folder
   * @throws IOException if it leads out of the folder, or cannot be written
   */
  public void write(Path upload, String name, String text) throws IOException {
    Path file = upload.resolve(name).normalize();
    if (!file.startsWith(upload) || file.equals(upload)) {
      throw new IOException("%s leads out of the upload".formatted(name));
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
