package io.twinflow.engine.server.triggers;

import io.twinflow.engine.stores.s3.OpenS3;
import io.twinflow.engine.stores.s3.S3Bucket;
import io.twinflow.engine.stores.s3.S3Sites;
import io.twinflow.triggers.source.bucket.Bucket;
import io.twinflow.triggers.source.bucket.Buckets;
import io.twinflow.triggers.source.bucket.ListedObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;

/** The buckets for which {@code --s3} has accounts. */
public record StoreBuckets(S3Sites accounts) implements Buckets {

  private static final OpenS3.Words WORDS = new OpenS3.Words("the bucket of a source", "--s3");

  @Override
  public Bucket open(String place) throws IOException {
    OpenS3.Part part = OpenS3.part(place, accounts, WORDS);
    return new Part(part.bucket(), part.prefix());
  }

  private record Part(S3Bucket bucket, String prefix) implements Bucket {

    @Override
    public String name() {
      return bucket.name();
    }

    @Override
    public String region() {
      return bucket.site().region();
    }

    @Override
    public String place() {
      return bucket.place();
    }

    @Override
    public Stream<ListedObject> list() {
      return bucket
          .list(prefix)
          .map(found ->
              new ListedObject(found.object(), found.size(), found.modified(), found.etag()));
    }

    @Override
    public InputStream listen() throws IOException {
      return bucket.listen(prefix);
    }

    @Override
    public void check() throws IOException {
      bucket.check();
    }

    @Override
    public void close() {
      bucket.close();
    }
  }
}
