package io.twinflow.executors.bundle;

import io.twinflow.executors.bundle.GivenEnd.Taking;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Ends an attempt in its folder that no bundle runs. */
public record FolderEnd(BundleFolder folder) {

  /**
   * The same end may be given again.
   *
   * @throws IOException if it is not known what became of it; it may be given again
   */
  public Taking give(GivenEnd end, Instant now) throws IOException {
    if (!folder.isWritten()) {
      return Taking.OVER;
    }
    folder.makeClaimed();
    if (folder.revocation().isPresent()) {
      return Taking.OVER;
    }
    Path record = folder.record();
    if (!Files.exists(record)) {
      if (end instanceof GivenEnd.Outputs outputs && !isPut(outputs)) {
        return Taking.ANOTHER;
      }
      putIfAbsent(record, end.record(now, ""));
    }
    return end.compare(Files.readString(record));
  }

  private boolean isPut(GivenEnd.Outputs outputs) throws IOException {
    Files.createDirectories(folder.out());
    Path object = folder.out().resolve(GivenEnd.OBJECT);
    putIfAbsent(object, outputs.object());
    return Files.readString(object).equals(outputs.object());
  }

  /** Whole, or not at all. */
  private void putIfAbsent(Path file, String text) throws IOException {
    Path made = Files.createTempFile(folder.path(), "given-", ".new");
    try {
      Files.write(made, text.getBytes(StandardCharsets.UTF_8));
      Files.createLink(file, made);
    } catch (FileAlreadyExistsException e) {
      // Who asks reads what stands there.
    } finally {
      Files.delete(made);
    }
  }
}
