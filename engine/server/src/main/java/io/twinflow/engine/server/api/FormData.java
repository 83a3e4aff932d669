package io.twinflow.engine.server.api;

import io.twinflow.engine.server.boot.DataFolder;
import io.twinflow.executors.api.files.FolderTree;
import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Parts of form data are spooled to disk, all but short ones, on the disk of the uploads. */
@Configuration(proxyBeanMethods = false)
class FormData {

  private static final long UNBOUNDED = -1;
  private static final long MOST = 256L << 30;

  /** Shorter texts never touch the disk; they may be secrets. */
  private static final int IN_MEMORY = 4 << 10;

  @Bean
  MultipartConfigElement multipartConfig(DataFolder data) throws IOException {
    Path spool = data.folder().resolve("incoming");
    if (Files.exists(spool)) {
      FolderTree.delete(spool);
    }
    Files.createDirectories(spool);
    return new MultipartConfigElement(spool.toString(), UNBOUNDED, MOST, IN_MEMORY);
  }
}
