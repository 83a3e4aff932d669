package io.twinflow.engine.stores.s3;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.minio.MakeBucketArgs;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/** The S3 server of the tests, as {@code peers/ceph start} sets it in the environment. */
public final class Gateway {

  private static final String MISSING =
      "no S3 server: TWINFLOW_S3_ENDPOINT is not set; call eval \"$(peers/ceph start)\"";

  private Gateway() {}

  /** Skips the test where there is none, unless nothing may be skipped. */
  public static S3Site site() {
    Map<String, String> environment = System.getenv();
    if (environment.get("TWINFLOW_S3_ENDPOINT") == null) {
      if ("true".equals(environment.get("CI"))) {
        fail(MISSING);
      }
      abort(MISSING);
    }
    return new S3Site(
        "test",
        URI.create(environment.get("TWINFLOW_S3_ENDPOINT")),
        S3Site.ANY_REGION,
        environment.get("TWINFLOW_S3_ACCESS_KEY"),
        environment.get("TWINFLOW_S3_SECRET_KEY"));
  }

  public static S3Bucket newBucket(S3Site site) throws IOException {
    S3Bucket bucket = new S3Bucket(site, "test-" + UUID.randomUUID());
    bucket
        .calls()
        .make(
            "",
            () ->
                bucket.client().makeBucket(MakeBucketArgs.builder().bucket(bucket.name()).build()));
    return bucket;
  }
}
