package io.twinflow.engine.server;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.SetBucketNotificationArgs;
import io.minio.UploadObjectArgs;
import io.minio.messages.EventType;
import io.minio.messages.NotificationConfiguration;
import io.minio.messages.TopicConfiguration;
import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.stores.s3.S3Bucket;
import io.twinflow.engine.stores.s3.S3Site;
import io.twinflow.engine.stores.s3.S3Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A new bucket on the S3 server of the tests, as {@code peers/ceph start} sets it. */
final class TestBucket implements AutoCloseable {

  private static final String MISSING =
      "no S3 server: TWINFLOW_S3_ENDPOINT is not set; call eval \"$(peers/ceph start)\"";

  private final S3Site site;
  private final S3Bucket bucket;
  private final MinioClient client;

  private TestBucket(S3Site site, S3Bucket bucket) {
    this.site = site;
    this.bucket = bucket;
    this.client =
        MinioClient.builder()
            .endpoint(site.endpoint().toString())
            .credentials(site.accessKey(), site.secretKey())
            .build();
  }

  /** Skips the test where there is no server, unless nothing may be skipped. */
  static TestBucket make() throws Exception {
    if (System.getenv("TWINFLOW_S3_ENDPOINT") == null) {
      if ("true".equals(System.getenv("CI"))) {
        fail(MISSING);
      }
      abort(MISSING);
    }
    S3Site site =
        new S3Site(
            "test",
            URI.create(System.getenv("TWINFLOW_S3_ENDPOINT")),
            S3Site.ANY_REGION,
            System.getenv("TWINFLOW_S3_ACCESS_KEY"),
            System.getenv("TWINFLOW_S3_SECRET_KEY"));
    TestBucket made = new TestBucket(site, new S3Bucket(site, "server-" + UUID.randomUUID()));
    made.client.makeBucket(MakeBucketArgs.builder().bucket(made.name()).build());
    return made;
  }

  String name() {
    return bucket.name();
  }

  /** Returns its ETag. */
  String put(String object, Path file) throws Exception {
    UploadObjectArgs upload =
        UploadObjectArgs.builder().bucket(name()).object(object).filename(file.toString()).build();
    return client.uploadObject(upload).etag();
  }

  /** Returns its ETag. */
  String put(String object, String text) throws Exception {
    Path file = Files.writeString(Files.createTempFile("content", ""), text);
    String etag = put(object, file);
    Files.delete(file);
    return etag;
  }

  /** Tells a topic, by its ARN, of all objects that come and go. */
  void notify(String topic) throws Exception {
    TopicConfiguration all = new TopicConfiguration();
    all.setId("all");
    all.setTopic(topic);
    all.setEvents(List.of(EventType.OBJECT_CREATED_ANY, EventType.OBJECT_REMOVED_ANY));
    NotificationConfiguration configuration = new NotificationConfiguration();
    configuration.setTopicConfigurationList(List.of(all));
    client.setBucketNotification(
        SetBucketNotificationArgs.builder().bucket(name()).config(configuration).build());
  }

  ArtifactStore store(String prefix) {
    return new S3Store(bucket, prefix);
  }

  List<String> objects() throws IOException {
    try (Stream<S3Bucket.Found> all = bucket.list("")) {
      return all.map(S3Bucket.Found::object).toList();
    }
  }

  /** What {@code --s3} takes. */
  Path sitesFile(Path folder, String read) throws IOException {
    Path file =
        Files.createFile(
            folder.resolve("s3-" + UUID.randomUUID()),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(
        file,
        """
        # of a test
        [test]
        endpoint = %s
        access_key = %s
        secret_key = %s
        read = %s
        """
            .formatted(site.endpoint(), site.accessKey(), site.secretKey(), read));
  }

  @Override
  public void close() {
    bucket.close();
  }
}
