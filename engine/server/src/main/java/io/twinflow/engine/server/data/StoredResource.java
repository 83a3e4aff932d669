package io.twinflow.engine.server.data;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.ArtifactStore.Stored;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.AbstractResource;

/** An artifact to be sent to a client; what a range leaves out is not fetched. */
public final class StoredResource extends AbstractResource {

  private final ArtifactStore store;
  private final Stored stored;

  public StoredResource(ArtifactStore store, Stored stored) {
    this.store = store;
    this.stored = stored;
  }

  @Override
  public String getDescription() {
    return stored.key().text();
  }

  @Override
  public boolean exists() {
    return true;
  }

  @Override
  public long contentLength() {
    return stored.size();
  }

  @Override
  public long lastModified() {
    return stored.modified().toEpochMilli();
  }

  @Override
  public InputStream getInputStream() {
    return new Opened();
  }

  /** Asks the store when the first byte is read. */
  private final class Opened extends InputStream {

    private long start;
    private @Nullable InputStream in;

    @Override
    public long skip(long bytes) throws IOException {
      if (in != null) {
        return in.skip(bytes);
      }
      long skipped = Math.clamp(bytes, 0, stored.size() - start);
      start += skipped;
      return skipped;
    }

    @Override
    public int read() throws IOException {
      return content().read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return content().read(buffer, offset, length);
    }

    private InputStream content() throws IOException {
      InputStream now = in;
      if (now == null) {
        now = store.open(stored, start);
        in = now;
      }
      return now;
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
      }
    }
  }
}
