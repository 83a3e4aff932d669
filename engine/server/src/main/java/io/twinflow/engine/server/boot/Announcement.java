package io.twinflow.engine.server.boot;

import io.twinflow.engine.server.security.Tokens;
import java.io.IOException;
import java.util.Optional;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the person who started the server where it is, and its first token once. */
@Component
class Announcement {

  private final ServerSettings settings;
  private final DataFolder folder;
  private final Tokens tokens;

  Announcement(ServerSettings settings, DataFolder folder, Tokens tokens) {
    this.settings = settings;
    this.folder = folder;
    this.tokens = tokens;
  }

  @EventListener
  void up(ServletWebServerInitializedEvent event) throws IOException {
    Optional<String> token = tokens.makeFirst(folder);
    say(
        "Twinflow serves at %s (data in %s)"
            .formatted(settings.listening().url(event.getWebServer().getPort()), folder.folder()));
    token.ifPresent(made ->
        say(
            "The administrator's token, shown this once and kept in %s:\n%s"
                .formatted(folder.adminToken(), made)));
  }

  static void say(String text) {
    System.out.println(text);
  }
}
