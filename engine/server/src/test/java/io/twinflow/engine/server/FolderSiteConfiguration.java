package io.twinflow.engine.server;

import io.twinflow.executors.api.Executor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Gives a server of the fault tests the site that counts effects. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(FolderSiteConfiguration.PROPERTY)
class FolderSiteConfiguration {

  static final String PROPERTY = "twinflow.test.site";

  @Bean
  @Primary
  Executor folderSite(@Value("${" + PROPERTY + "}") String folder) throws IOException {
    return new FolderSite(Files.createDirectories(Path.of(folder)));
  }
}
