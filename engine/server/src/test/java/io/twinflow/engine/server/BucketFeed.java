package io.twinflow.engine.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Objects of a bucket of Ceph, by a topic and a sweep.
 *
 * @param persistent whether the topic keeps what nobody takes; the sweep finds what another loses
 */
record BucketFeed(String name, TestBucket bucket, boolean persistent, Front front) implements Feed {

  private static final String SECRET = UUID.randomUUID().toString();

  static BucketFeed made(String name, boolean persistent, Front front) throws Exception {
    BucketFeed made = new BucketFeed(name, TestBucket.make(), persistent, front);
    String url = front.url("/api/v1/sources/%s/events?secret=%s".formatted(name, SECRET));
    made.bucket.notify(
        CephTopic.make(
            name + Long.toString(System.nanoTime(), 36),
            Map.of("push-endpoint", url, "persistent", Boolean.toString(persistent))));
    return made;
  }

  @Override
  public String source(Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve(name + "-secret"), SECRET);
    return "  %s: {type: push, format: s3, secret: {file: %s}, sweep: {bucket: s3://%s, every: 5s, settle: 5s}, for: everyone}\n"
        .formatted(name, secret, bucket.name());
  }

  @Override
  public String trigger() {
    return "source: %s\nfilter: {type: 'com.amazonaws.s3.ObjectCreated:*'}\ninputs: {number: '$(parseInt(self.object.key))'}\n"
        .formatted(name);
  }

  @Override
  public void send(List<Integer> numbers) throws Exception {
    for (int number : numbers) {
      bucket.put(Integer.toString(number), "content of " + number);
    }
  }

  /** An object that is put twice is two events. */
  @Override
  public boolean mayRepeat() {
    return false;
  }

  @Override
  public boolean keepsOrder() {
    return false;
  }

  @Override
  public void close() {
    bucket.close();
  }
}
