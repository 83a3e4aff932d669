package io.twinflow.engine.stores.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.stores.StoreContract;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class S3StoreIT extends StoreContract {

  private static S3Site site;
  private static S3Bucket bucket;
  private static int tests;
  private ArtifactStore store;

  @BeforeAll
  static void open() throws IOException {
    site = Gateway.site();
    bucket = Gateway.newBucket(site);
  }

  @AfterAll
  static void close() {
    if (bucket != null) {
      bucket.close();
    }
  }

  @BeforeEach
  void prefix() {
    tests++;
    store = new S3Store(bucket, "a prefix+%/" + tests + "/");
  }

  @Override
  protected ArtifactStore store() {
    return store;
  }

  @Override
  protected boolean hasLinks() {
    return true;
  }

  @Test
  void aLargeFileGoesInPartsAndComesBackWhole() throws IOException {
    byte[] content = content((int) (2 * S3Upload.PART + 5));
    ArtifactStore.Stored put = store.put(key("large"), file(content));
    assertThat(put.version()).as("an eTag of three parts").endsWith("-3");
    assertThat(read(put, 0)).isEqualTo(content);
    byte[] exact = content((int) S3Upload.PART);
    assertThat(read(store.put(key("exact"), file(exact)), 0)).isEqualTo(exact);
    assertThat(store.abandon(Instant.now().plusSeconds(60))).isZero();
  }

  @Test
  void digestsAreRemembered() throws IOException {
    Artifacts.Identity identity = new Artifacts.Identity("a1", "b2", 3);
    store.put(key("with"), file(content(3)), Optional.of(identity));
    store.put(key("without"), file(content(3)));
    assertThat(store.identity(key("with"))).contains(identity);
    assertThat(store.identity(key("without"))).isEmpty();
  }

  @Test
  void aLinkIsReadWithoutAnAccountUntilItExpires() throws Exception {
    store.put(key("a b/ü"), file("text".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    URI link = store.link(key("a b/ü"), Duration.ofMinutes(1), "naïve.txt").orElseThrow();
    HttpResponse<String> answer = get(link);
    assertThat(answer.body()).isEqualTo("text");
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename*=UTF-8''na%C3%AFve.txt");
    assertThat(
            get(URI.create(link.toString().replace("X-Amz-Expires=60", "X-Amz-Expires=61")))
                .statusCode())
        .isEqualTo(403);
  }

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void anUploadThatWasLeftIsInvisibleAndCanBeAbandoned() throws IOException {
    String object = "a prefix+%/" + tests + "/half + %";
    bucket
        .calls()
        .make(
            object,
            () ->
                bucket
                    .client()
                    .createMultipartUploadAsync(bucket.name(), site.region(), object, null, null));
    assertThat(store.find(key("half + %"))).isEmpty();
    assertThat(listed("")).isEmpty();
    assertThat(store.abandon(Instant.now().minusSeconds(60))).isZero();
    assertThat(store.abandon(Instant.now().plusSeconds(60))).isEqualTo(1);
    assertThat(store.abandon(Instant.now().plusSeconds(60))).isZero();
  }

  @Test
  void aWrongSecretKeyIsNamedAndNotShown() {
    S3Site wrong = new S3Site("x", site.endpoint(), site.region(), site.accessKey(), "sesame");
    assertRefused(wrong, "refused the secret key", "sesame");
  }

  @Test
  void anUnknownAccessKeyIsNamed() {
    assertRefused(
        new S3Site("x", site.endpoint(), site.region(), "nobody", "sesame"),
        "does not know the access key",
        "sesame");
  }

  private void assertRefused(S3Site as, String words, String secret) {
    try (S3Bucket other = new S3Bucket(as, bucket.name())) {
      ArtifactStore refused = new S3Store(other, "");
      assertThatThrownBy(() -> refused.put(key("k"), file(content(1))))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContainingAll(words, bucket.name(), site.endpoint().toString(), "k")
          .message()
          .doesNotContain(secret);
      assertThatThrownBy(() -> refused.find(key("k"))).isInstanceOf(AccessDeniedException.class);
    }
  }

  @Test
  void aMissingBucketIsNamed() throws IOException {
    Path file = file(content(1));
    try (S3Bucket none = new S3Bucket(site, "no-such-bucket")) {
      assertThatThrownBy(() -> new S3Store(none, "").check())
          .hasMessageContainingAll("no bucket 'no-such-bucket'", site.endpoint().toString());
      assertThatThrownBy(() -> new S3Store(none, "").put(key("k"), file))
          .hasMessageContainingAll("no bucket 'no-such-bucket'", site.endpoint().toString(), "k");
      assertThatThrownBy(() -> new S3Store(none, "").list("").toList())
          .hasMessageContaining("no bucket 'no-such-bucket'");
    }
  }
}
