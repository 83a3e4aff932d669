package io.twinflow.engine.stores.s3;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimap;
import io.minio.ListenBucketNotificationArgs;
import io.minio.MinioAsyncClient;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import okhttp3.Response;

/** The client's own call reads the lines into classes that do not have all that they say. */
final class ListenClient extends MinioAsyncClient {

  private static final List<String> EVENTS = List.of("s3:ObjectCreated:*", "s3:ObjectRemoved:*");

  /** By which MinIO tells that it is one. */
  private static final String STREAM = "text/event-stream";

  ListenClient(MinioAsyncClient client) {
    super(client);
  }

  // What the client declares is wider than what can happen.
  @SuppressWarnings("PMD.SignatureDeclareThrowsException")
  CompletableFuture<InputStream> listen(String bucket, String prefix) throws Exception {
    ListenBucketNotificationArgs args =
        ListenBucketNotificationArgs.builder()
            .bucket(bucket)
            .prefix(prefix)
            .suffix("")
            .events(EVENTS.toArray(String[]::new))
            .build();
    Multimap<String, String> query =
        ImmutableListMultimap.<String, String>builder()
            .put("prefix", prefix)
            .put("suffix", "")
            .putAll("events", EVENTS)
            .build();
    return executeGetAsync(args, null, query).thenApply(ListenClient::stream);
  }

  /** Other stores do not know the call, and answer with a list of objects. */
  private static InputStream stream(Response answer) {
    String type = answer.header("Content-Type", "nothing");
    if (!Objects.requireNonNull(type).startsWith(STREAM)) {
      answer.close();
      throw new IllegalStateException(
          "it tells nothing to who listens, as MinIO does (expected %s, found %s)"
              .formatted(STREAM, type));
    }
    return Objects.requireNonNull(answer.body(), "an answer has a body").byteStream();
  }
}
