package io.twinflow.engine.stores.s3;

import io.minio.GetObjectArgs;
import io.minio.PutObjectArgs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Objects that are small enough to be held as a whole. */
record S3Objects(S3Bucket bucket) {

  /** What is put if absent is a note, not data. */
  private static final int MOST = 1 << 20;

  Optional<byte[]> get(String object, int limit) throws IOException {
    try (InputStream in = from(object, 0)) {
      byte[] content = in.readNBytes(limit + 1);
      if (content.length > limit) {
        throw new IOException(
            "%s: %s holds more than the %d bytes that were expected"
                .formatted(object, bucket.place(), limit));
      }
      return Optional.of(content);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  InputStream from(String object, long first) throws IOException {
    return bucket
        .calls()
        .make(
            object,
            () -> {
              GetObjectArgs.Builder args =
                  GetObjectArgs.builder().bucket(bucket.name()).object(object);
              if (first > 0) {
                args.offset(first);
              }
              return bucket.client().getObject(args.build());
            });
  }

  void put(String object, byte[] content, Map<String, String> headers) throws IOException {
    bucket
        .calls()
        .make(
            object,
            () ->
                bucket
                    .client()
                    .putObject(
                        PutObjectArgs.builder().bucket(bucket.name()).object(object).stream(
                                new ByteArrayInputStream(content), content.length, -1)
                            .contentType("application/octet-stream")
                            .extraHeaders(headers)
                            .build()));
  }

  /** A try whose answer was lost has put it all the same. */
  boolean putIfAbsent(String object, byte[] content) throws IOException {
    try {
      put(object, content, Map.of("If-None-Match", "*"));
      return true;
    } catch (NoSuchFileException refused) {
      Optional<byte[]> there = get(object, MOST);
      return there.isPresent() && Arrays.equals(there.get(), content);
    }
  }
}
