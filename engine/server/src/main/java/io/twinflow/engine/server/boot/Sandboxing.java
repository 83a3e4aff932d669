package io.twinflow.engine.server.boot;

import io.twinflow.executors.local.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How tools that people submit are kept from the server and from each other. */
final class Sandboxing {

  private Sandboxing() {}

  /**
   * @throws IOException if this machine cannot do it
   */
  static void check() throws IOException {
    if (!Sandbox.works()) {
      throw new IOException(
          "tools that have no container are run in bubblewrap, and it does not work here: install it (Debian and Ubuntu: apt-get install bubblewrap, Fedora: dnf install bubblewrap); it needs user namespaces (sysctl user.max_user_namespaces; on Ubuntu 24.04 and newer also kernel.apparmor_restrict_unprivileged_userns=0). Or trust everybody who may submit, with --allow-unsandboxed");
    }
  }

  /** The data of the server, and where people and programs of this machine keep theirs. */
  static List<Path> hidden(Path data) {
    return Stream.of(
            data,
            Path.of(System.getProperty("user.home")),
            Path.of("/tmp"),
            Path.of("/var/tmp"),
            Path.of("/home"),
            Path.of("/root"))
        .filter(Files::isDirectory)
        .distinct()
        .toList();
  }
}
