package io.twinflow.engine.stores.s3;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.Multimap;
import io.minio.CreateMultipartUploadResponse;
import io.minio.MinioAsyncClient;
import io.minio.ObjectWriteResponse;
import io.minio.UploadObjectArgs;
import io.minio.UploadPartResponse;
import io.minio.messages.Part;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts one file: in one request, or in parts that become an object only at the end. An upload that
 * fails is aborted; one whose process died is found by {@link S3Leftovers}.
 *
 * @param tags user metadata of the object
 */
record S3Upload(S3Bucket bucket, String object, Path file, Map<String, String> tags) {

  private static final Logger LOG = System.getLogger(S3Upload.class.getName());

  /** Bytes that go in one request; a multiple of what every store asks for at least. */
  static final long PART = 16L * 1024 * 1024;

  private static final int MOST_PARTS = 10_000;

  /** A store may lose sight of an upload when a connection of it breaks (seen with Ceph RGW). */
  private static final int MOST_UPLOADS = 3;

  /**
   * @param etag without quotes
   */
  record Done(String etag, long size, Instant at) {}

  Done carryOut() throws IOException {
    long size = Files.size(file);
    if (size <= PART) {
      return done(whole(HashMultimap.create()), size);
    }
    for (int tries = 1; ; tries++) {
      inParts(size);
      // Not every store says in its last answer what has become of the parts.
      Optional<S3Bucket.Found> there = bucket.find(object).filter(found -> found.size() == size);
      if (there.isPresent()) {
        return new Done(there.get().etag(), size, there.get().modified());
      }
      String lost =
          "%s: %s has not kept an upload of %d bytes".formatted(object, bucket.place(), size);
      if (tries == MOST_UPLOADS) {
        throw new IOException(
            lost
                + ", %d times; check the network between here and the store, and put it again"
                    .formatted(tries));
      }
      LOG.log(Level.WARNING, "{0}; it is begun anew", lost);
    }
  }

  /** In one request, so it must be small; null if there is such an object already. */
  @Nullable Done unlessThere() throws IOException {
    long size = Files.size(file);
    if (size > PART) {
      throw new IllegalArgumentException(
          "%s has %d bytes; only up to %d can be put if absent".formatted(file, size, PART));
    }
    Multimap<String, String> condition = HashMultimap.create();
    condition.put("If-None-Match", "*");
    try {
      return done(whole(condition), size);
    } catch (NoSuchFileException e) {
      // A failed condition is told so; a file of ours that is missing names itself.
      if (Files.exists(file)) {
        return null;
      }
      throw e;
    }
  }

  private static Done done(ObjectWriteResponse answer, long size) {
    Date date = answer.headers() == null ? null : answer.headers().getDate("Date");
    return new Done(
        S3Bucket.unquoted(answer.etag()), size, date == null ? Instant.now() : date.toInstant());
  }

  private ObjectWriteResponse whole(Multimap<String, String> headers) throws IOException {
    return bucket
        .calls()
        .make(
            object,
            () ->
                bucket
                    .client()
                    .uploadObject(
                        UploadObjectArgs.builder()
                            .bucket(bucket.name())
                            .object(object)
                            .filename(file.toString(), PART)
                            .contentType("application/octet-stream")
                            .userMetadata(tags)
                            .extraHeaders(headers)
                            .build()));
  }

  private void inParts(long size) throws IOException {
    MinioAsyncClient client = bucket.client();
    Multimap<String, String> headers = HashMultimap.create();
    headers.put("Content-Type", "application/octet-stream");
    tags.forEach((name, value) -> headers.put("x-amz-meta-" + name, value));
    CreateMultipartUploadResponse begun =
        bucket
            .calls()
            .make(
                object,
                () ->
                    client.createMultipartUploadAsync(
                        bucket.name(), bucket.site().region(), object, headers, null));
    String upload = begun.result().uploadId();
    boolean complete = false;
    try {
      Part[] parts = send(upload, size);
      bucket
          .calls()
          .make(
              object,
              () ->
                  client.completeMultipartUploadAsync(
                      bucket.name(), bucket.site().region(), object, upload, parts, null, null));
      complete = true;
    } catch (NoSuchFileException e) {
      // The store knows it no more: it is complete and that answer was lost, or it is lost itself.
      // Who called looks at the object.
      LOG.log(Level.DEBUG, "an upload is gone", e);
    } finally {
      if (!complete) {
        abort(upload);
      }
    }
  }

  private Part[] send(String upload, long size) throws IOException {
    long partSize = partSize(size);
    Part[] parts = new Part[(int) ((size + partSize - 1) / partSize)];
    for (int i = 0; i < parts.length; i++) {
      int number = i + 1;
      long start = i * partSize;
      long length = Math.min(partSize, size - start);
      try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
        UploadPartResponse sent =
            bucket
                .calls()
                .make(
                    object,
                    () -> {
                      content.seek(start);
                      return bucket
                          .client()
                          .uploadPartAsync(
                              bucket.name(),
                              bucket.site().region(),
                              object,
                              content,
                              length,
                              upload,
                              number,
                              null,
                              null);
                    });
        parts[i] = new Part(number, sent.etag());
      }
    }
    return parts;
  }

  /** In steps of a MiB, and no more parts than a store takes. */
  static long partSize(long size) {
    long mebi = 1024 * 1024;
    long least = (size + MOST_PARTS - 1) / MOST_PARTS;
    return Math.max(PART, (least + mebi - 1) / mebi * mebi);
  }

  private void abort(String upload) {
    // The failure that led here is the one to tell; what stays is swept later.
    boolean interrupted = Thread.interrupted();
    try {
      S3Leftovers.abort(bucket, object, upload);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "an unfinished upload is left for the sweep: {0}", e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
