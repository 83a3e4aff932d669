package io.twinflow.engine.core.journal;

import io.twinflow.engine.core.event.Payload;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values of one run as payloads and back. Remembers the last blobs it wrote, because the fold asks
 * for them right after the writer stored them. Safe for many threads.
 */
public final class Payloads {

  /** Bytes of JSON that may stand in an event itself. */
  static final int INLINE = 16 * 1024;

  private static final int REMEMBERED = 32;

  private final Blobs blobs;
  private final Map<String, RecordValue> recent =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RecordValue> eldest) {
          return size() > REMEMBERED;
        }
      };

  public Payloads(Blobs blobs) {
    this.blobs = blobs;
  }

  public Payload store(RecordValue value) throws IOException {
    if (ValueSize.isSurelyBelow(value, INLINE)) {
      return new Payload.Inline(value);
    }
    String json = ValueJson.write(value);
    long size = json.getBytes(StandardCharsets.UTF_8).length;
    if (size <= INLINE) {
      return new Payload.Inline(value);
    }
    String sha256 = blobs.put(json);
    synchronized (recent) {
      recent.put(sha256, value);
    }
    return new Payload.Blob(sha256, size);
  }

  /**
   * @throws UncheckedIOException if the blob cannot be read: then the journal cannot either
   */
  public RecordValue load(Payload payload) {
    return switch (payload) {
      case Payload.Inline inline -> inline.value();
      case Payload.Blob blob -> load(blob);
    };
  }

  private RecordValue load(Payload.Blob blob) {
    synchronized (recent) {
      RecordValue known = recent.get(blob.sha256());
      if (known != null) {
        return known;
      }
    }
    try {
      if (ValueJson.read(blobs.get(blob.sha256())) instanceof RecordValue value) {
        return value;
      }
      throw new UncheckedIOException(
          new DamagedJournalException("blob %s is no JSON object".formatted(blob.sha256())));
    } catch (InvalidJsonException e) {
      throw new UncheckedIOException(
          new DamagedJournalException("blob %s is not JSON".formatted(blob.sha256()), e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
