package io.twinflow.executors.serverless.oscar;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * In the shared folder.
 *
 * @param folder has a folder for each service with a file for each attempt
 */
record FolderUses(Path folder) implements Uses {

  /**
   * @param root of the shared folder
   */
  static FolderUses in(Path root) {
    return new FolderUses(root.resolve("services"));
  }

  @Override
  public void begin(String service, String attempt) throws IOException {
    Path uses = Files.createDirectories(folder.resolve(service));
    Files.write(uses.resolve(attempt), new byte[0]);
  }

  @Override
  public List<String> end(String attempt) throws IOException {
    List<String> used = new ArrayList<>();
    for (Path service : services()) {
      if (Files.deleteIfExists(service.resolve(attempt))) {
        used.add(service.getFileName().toString());
      }
    }
    return used;
  }

  private List<Path> services() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  @Override
  public List<String> takeIdle(Duration keep, Instant now) throws IOException {
    List<String> idle = new ArrayList<>();
    for (Path service : services()) {
      if (isOld(service, keep, now) && removed(service)) {
        idle.add(service.getFileName().toString());
      }
    }
    return idle;
  }

  private static boolean isOld(Path service, Duration keep, Instant now) throws IOException {
    return !Files.getLastModifiedTime(service).toInstant().plus(keep).isAfter(now);
  }

  private static boolean removed(Path service) throws IOException {
    try {
      Files.delete(service);
      return true;
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      return false;
    }
  }
}
