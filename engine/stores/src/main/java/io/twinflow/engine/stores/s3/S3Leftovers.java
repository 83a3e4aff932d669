package io.twinflow.engine.stores.s3;

import io.minio.messages.ListMultipartUploadsResult;
import io.minio.messages.Upload;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Uploads in parts that were begun and neither completed nor aborted. */
final class S3Leftovers {

  private static final int PAGE = 1000;

  private S3Leftovers() {}

  /** Aborts those that began before a time; gives how many. */
  static int abort(S3Bucket bucket, String prefix, Instant before) throws IOException {
    int aborted = 0;
    @Nullable String key = null;
    @Nullable String id = null;
    boolean more = true;
    while (more) {
      ListMultipartUploadsResult page = page(bucket, prefix, key, id);
      for (Upload upload : page.uploads()) {
        if (upload.initiated().toInstant().isBefore(before)) {
          abort(bucket, upload.objectName(), upload.uploadId());
          aborted++;
        }
      }
      key = page.nextKeyMarker();
      id = page.nextUploadIdMarker();
      more = page.isTruncated() && key != null;
    }
    return aborted;
  }

  private static ListMultipartUploadsResult page(
      S3Bucket bucket, String prefix, @Nullable String key, @Nullable String id)
      throws IOException {
    return bucket
        .calls()
        .make(
            prefix,
            () ->
                bucket
                    .client()
                    .listMultipartUploadsAsync(
                        bucket.name(),
                        bucket.site().region(),
                        null,
                        null,
                        key,
                        PAGE,
                        prefix,
                        id,
                        null,
                        null))
        .result();
  }

  static void abort(S3Bucket bucket, String object, String upload) throws IOException {
    try {
      bucket
          .calls()
          .make(
              object,
              () ->
                  bucket
                      .client()
                      .abortMultipartUploadAsync(
                          bucket.name(), bucket.site().region(), object, upload, null, null));
    } catch (NoSuchFileException alreadyDone) {
      return;
    }
  }
}
