package io.twinflow.executors.serverless.folder;

import io.twinflow.executors.bundle.BundleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The call that starts an attempt, as it is kept beside the attempt.
 *
 * @param target whom to call, in the platform's words
 * @param cores that it reserves
 * @param memoryMiB that it reserves, mebibytes
 */
public record Call(String target, double cores, long memoryMiB) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static Path file(BundleFolder folder) {
    return folder.path().resolve("call.json");
  }

  void write(BundleFolder folder) throws IOException {
    Path made = folder.path().resolve("call.new");
    Files.writeString(made, JSON.writeValueAsString(this));
    Files.move(
        made, file(folder), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Empty if it was never written. */
  static Optional<Call> read(BundleFolder folder) throws IOException {
    Path file = file(folder);
    try {
      return Optional.of(JSON.readValue(Files.readString(file), Call.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
