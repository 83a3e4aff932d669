package io.twinflow.engine.server;

import io.twinflow.engine.server.boot.ServerSettings;
import java.io.IOException;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** The server, put together by Spring from what lies below this package. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class TwinflowServer {

  /** Of this program; for people and what they keep. */
  public static String version() {
    String version = TwinflowServer.class.getPackage().getImplementationVersion();
    return version == null ? "unbuilt" : version;
  }

  /** Returns when it takes requests; closing what is returned stops it. */
  public static ConfigurableApplicationContext start(ServerSettings settings) throws IOException {
    return new SpringApplicationBuilder(TwinflowServer.class)
        .initializers(
            context -> context.getBeanFactory().registerSingleton("serverSettings", settings))
        .properties(settings.listening().properties())
        .properties(settings.seeing().properties())
        .run();
  }
}
