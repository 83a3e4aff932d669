package io.twinflow.engine.server.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Where Tomcat keeps what it needs, which is next to nothing. In the data folder, because a server
 * that is killed would leave it elsewhere; and with an empty document root, because Tomcat would
 * otherwise take a folder called static or public where the server was started for one, and serve
 * it.
 */
@Component
final class TomcatFolder implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private final DataFolder data;

  TomcatFolder(DataFolder data) {
    this.data = data;
  }

  @Override
  public void customize(TomcatServletWebServerFactory tomcat) {
    Path folder = data.folder().resolve("web");
    try {
      Path documents = Files.createDirectories(folder.resolve("documents"));
      tomcat.setBaseDirectory(folder.toFile());
      tomcat.setDocumentRoot(documents.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
