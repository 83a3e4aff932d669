package io.twinflow.engine.stores.s3;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.Multimap;
import io.minio.messages.ListPartsResult;
import io.minio.messages.Part;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Uploads whose parts somebody else puts. */
record S3Parts(S3Bucket bucket) {

  private static final int PAGE = 1000;

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

  void complete(String object, String upload, long size) throws IOException {
    try {
      List<Part> parts = list(object, upload);
      long there = parts.stream().mapToLong(Part::partSize).sum();
      if (there != size) {
        throw new IOException(
            "%s: %s has %d bytes of it in %d parts, expected %d bytes; put the missing parts again"
                .formatted(object, bucket.place(), there, parts.size(), size));
      }
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
                          parts.toArray(Part[]::new),
                          null,
                          null));
    } catch (NoSuchFileException e) {
      // An earlier call has completed it, whose answer was lost; or the store has lost it.
      Optional<S3Bucket.Found> done = bucket.find(object).filter(found -> found.size() == size);
      if (done.isEmpty()) {
        throw e;
      }
    }
  }

  private List<Part> list(String object, String upload) throws IOException {
    List<Part> parts = new ArrayList<>();
    int after = 0;
    boolean more = true;
    while (more) {
      int marker = after;
      ListPartsResult page =
          bucket
              .calls()
              .make(
                  object,
                  () ->
                      bucket
                          .client()
                          .listPartsAsync(
                              bucket.name(),
                              bucket.site().region(),
                              object,
                              PAGE,
                              marker,
                              upload,
                              null,
                              null))
              .result();
      parts.addAll(page.partList());
      after = page.nextPartNumberMarker();
      more = page.isTruncated() && !page.partList().isEmpty();
    }
    return parts;
  }
}
