package io.twinflow.engine.server.data;

import io.twinflow.engine.core.artifact.HttpSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;

/** Counts what comes against what a run may fetch; stops in the middle of what never ends. */
record CountedSource(HttpSource source) implements HttpSource {

  @Override
  public Answer get(URI location, Map<String, String> headers) throws IOException {
    Answer answer = source.get(location, headers);
    return new Answer(answer.status(), answer.headers(), new Counted(answer.body()));
  }

  private static final class Counted extends FilterInputStream {

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      counted(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      counted(Math.max(n, 0));
      return n;
    }

    private static void counted(int bytes) throws IOException {
      try {
        ForRun.charge(bytes);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }
}
