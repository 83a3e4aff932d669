package io.twinflow.triggers.source.bucket;

import io.twinflow.triggers.source.bucket.ToldObjects.Content;
import java.time.Instant;

/**
 * An object as a listing has it.
 *
 * @param size in bytes
 * @param etag without quotes
 */
public record ListedObject(String key, long size, Instant modified, String etag) {

  /** What it is now. */
  public Content content() {
    return new Content(key, etag);
  }
}
