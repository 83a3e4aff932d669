package io.twinflow.engine.server.api;

import io.twinflow.engine.server.boot.DataFolder;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.executors.api.files.FolderTree;
import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Parts of form data are spooled to disk, all but short ones, on the disk of the uploads. */
@Configuration(proxyBeanMethods = false)
class FormData {

  private static final long UNBOUNDED = -1;
  private static final long MOST = 256L << 30;

  /** A server that has received nothing for so long is gone, or makes the folder again. */
  private static final Duration LONGER_THAN_ANY = Duration.ofDays(2);

  /** Shorter texts never touch the disk; they may be secrets. */
  private static final int IN_MEMORY = 4 << 10;

  @Bean
  MultipartConfigElement multipartConfig(DataFolder data, ServerSettings settings)
      throws IOException {
    Path incoming = data.folder().resolve("incoming");
    Path spool = settings.db() == null ? emptied(incoming) : ownPart(incoming);
    return new MultipartConfigElement(spool.toString(), UNBOUNDED, MOST, IN_MEMORY);
  }

  /** Whatever lies there is of a server that died. */
  private static Path emptied(Path incoming) throws IOException {
    if (Files.exists(incoming)) {
      FolderTree.delete(incoming);
    }
    return Files.createDirectories(incoming);
  }

  /** Other servers may be receiving into the same folder now. */
  private static Path ownPart(Path incoming) throws IOException {
    Files.createDirectories(incoming);
    Instant than = Instant.now().minus(LONGER_THAN_ANY);
    try (Stream<Path> all = Files.list(incoming)) {
      for (Path part : (Iterable<Path>) all::iterator) {
        if (Files.getLastModifiedTime(part).toInstant().isBefore(than)) {
          FolderTree.delete(part);
        }
      }
    }
    return Files.createTempDirectory(incoming, "server");
  }
}
