package io.twinflow.engine.server;

import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One server for all tests that need nothing special of theirs. */
final class SharedServer implements AutoCloseable {

  private final Path data;
  private final TestServer server;

  /** Hands it to whoever asks for it. */
  static final class Shared implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == SharedServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(SharedServer.class))
          .computeIfAbsent(SharedServer.class, key -> started(), SharedServer.class);
    }

    private static SharedServer started() {
      try {
        return new SharedServer();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private SharedServer() throws IOException {
    data = Files.createTempDirectory("shared");
    server = TestServer.start(data);
  }

  TestServer server() {
    return server;
  }

  Path data() {
    return data;
  }

  /** How many uploads are kept. */
  int uploads() throws IOException {
    Path folder = data.resolve("uploads");
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(folder)) {
      return (int) all.count();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    FolderTree.delete(data);
  }
}
