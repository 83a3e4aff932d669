package io.twinflow.engine.cli.command;

import io.twinflow.engine.core.artifact.HttpInputs;
import io.twinflow.engine.core.artifact.RemoteInputs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes an HTTP client when the first input needs one; most runs never do, and it is slow. */
final class LazyHttpInputs implements RemoteInputs {

  private final Path folder;
  private @Nullable RemoteInputs inputs;

  LazyHttpInputs(Path folder) {
    this.folder = folder;
  }

  @Override
  public URI fetch(URI location) throws IOException {
    return inputs().fetch(location);
  }

  private synchronized RemoteInputs inputs() {
    RemoteInputs known = inputs;
    if (known == null) {
      known =
          new HttpInputs(
              HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build(), folder);
      inputs = known;
    }
    return known;
  }
}
