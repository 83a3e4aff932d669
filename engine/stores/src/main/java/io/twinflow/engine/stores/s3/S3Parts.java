package io.twinflow.engine.stores.s3;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.Multimap;
import io.minio.messages.Part;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Uploads whose parts somebody else puts. */
record S3Parts(S3Bucket bucket) {

  String begin(String object) throws IOException {
    Multimap<String, String> headers = HashMultimap.create();
    headers.put("Content-Type", "application/octet-stream");
    return bucket
        .calls()
        .make(
            object,
            () ->
                bucket
                    .client()
                    .createMultipartUploadAsync(
                        bucket.name(), bucket.site().region(), object, headers, null))
        .result()
        .uploadId();
  }

  /**
   * Ceph's list of parts is not as the client expects it, so whoever put them says what they are.
   */
  void complete(String object, String upload, List<String> etags, long size) throws IOException {
    Part[] parts = new Part[etags.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new Part(i + 1, S3Bucket.unquoted(etags.get(i)));
    }
    try {
      bucket
          .calls()
          .make(
              object,
              () ->
                  bucket
                      .client()
                      .completeMultipartUploadAsync(
                          bucket.name(),
                          bucket.site().region(),
                          object,
                          upload,
                          parts,
                          null,
                          null));
    } catch (NoSuchFileException e) {
      // An earlier call has completed it, whose answer was lost; or the store has lost it.
      if (bucket.find(object).isEmpty()) {
        throw e;
      }
    }
    long there = bucket.find(object).map(S3Bucket.Found::size).orElse(-1L);
    if (there != size) {
      bucket.delete(object);
      throw new IOException(
          "%s: %s made an object of %d bytes of %d parts, expected %d bytes"
              .formatted(object, bucket.place(), there, parts.length, size));
    }
  }
}
