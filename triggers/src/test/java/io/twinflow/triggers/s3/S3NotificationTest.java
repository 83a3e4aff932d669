package io.twinflow.triggers.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stores send, in the shapes that they document. */
class S3NotificationTest {

  private static final String MINIO =
      """
      {"EventName":"s3:ObjectCreated:Put","Key":"gauges/a+b%2F1.csv","Records":[{"eventVersion":"2.0",
       "eventSource":"minio:s3","awsRegion":"","eventTime":"2026-11-21T12:00:00.123Z",
       "eventName":"s3:ObjectCreated:Put","userIdentity":{"principalId":"x"},
       "responseElements":{"x-amz-request-id":"18","x-minio-deployment-id":"d-1"},
       "s3":{"s3SchemaVersion":"1.0","configurationId":"Config",
        "bucket":{"name":"gauges","ownerIdentity":{"principalId":"x"},"arn":"arn:aws:s3:::gauges"},
        "object":{"key":"a+b%2F1.csv","size":4,"eTag":"e1","contentType":"text/csv","sequencer":"18AF"}},
       "source":{"host":"127.0.0.1"}}]}
      """;

  private static final String AWS =
      """
      {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-west-2",
       "eventTime":"2026-11-21T12:00:00.000Z","eventName":"ObjectRemoved:Delete",
       "responseElements":{"x-amz-request-id":"C3D1","x-amz-id-2":"F"},
       "s3":{"bucket":{"name":"b"},"object":{"key":"k1","sequencer":"0055"}}},
      {"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-west-2",
       "eventTime":"2026-11-21T12:00:00.000Z","eventName":"ObjectRemoved:Delete",
       "responseElements":{"x-amz-request-id":"C3D1","x-amz-id-2":"F"},
       "s3":{"bucket":{"name":"b"},"object":{"key":"k2","sequencer":"0055"}}}]}
      """;

  private static final String EVENT_BRIDGE =
      """
      {"version":"0","id":"17793124","detail-type":"Object Created","source":"aws.s3","account":"1",
       "time":"2026-11-21T12:00:00Z","region":"ca-central-1",
       "detail":{"version":"0","bucket":{"name":"b"},
        "object":{"key":"a+b/ü.csv","size":5,"etag":"e","version-id":"v","sequencer":"0062"},"reason":"PutObject"}}
      """;

  private static List<CloudEvent> read(String body) throws MalformedEventException {
    return S3Notification.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String id(String body) throws MalformedEventException {
    return read(body).getFirst().getId();
  }

  @Test
  void minioNamesTheObject() throws Exception {
    CloudEvent event = read(MINIO).getFirst();
    assertThat(event.getType()).isEqualTo("com.amazonaws.s3.ObjectCreated:Put");
    assertThat(event.getSource()).isEqualTo(URI.create("minio:s3..gauges"));
    assertThat(event.getSubject()).isEqualTo("a b/1.csv");
    assertThat(event.getTime()).isEqualTo(OffsetDateTime.parse("2026-11-21T12:00:00.123Z"));
    assertThat(event.getData().toBytes()).asString().contains("\"size\":4", "\"eTag\":\"e1\"");
  }

  /** Both by the event and by its data, out of which a run's input is made. */
  @ParameterizedTest
  @CsvSource({
    "ceph:s3, a+b%41.txt, a+b%41.txt",
    "ceph:s3, 100%.txt, 100%.txt",
    "ceph:s3, ä ü&x=1.txt, ä ü&x=1.txt",
    "minio:s3, a+b%41.txt, a bA.txt",
    "aws:s3, a%2Bb%2541.txt, a+b%41.txt",
  })
  void keysAreDecodedWhereTheSenderEncodesThem(String source, String written, String key)
      throws Exception {
    CloudEvent event =
        read(MINIO.replace("minio:s3", source).replace("a+b%2F1.csv", written)).getFirst();
    assertThat(event.getSubject()).isEqualTo(key);
    assertThat(S3Object.of(event).orElseThrow().key()).isEqualTo(key);
  }

  @Test
  void eachObjectOfOneRequestIsAnEvent() throws Exception {
    List<CloudEvent> events = read(AWS);
    assertThat(events).extracting(CloudEvent::getSubject).containsExactly("k1", "k2");
    assertThat(events).extracting(CloudEvent::getId).doesNotHaveDuplicates();
    assertThat(events.getFirst().getSource()).isEqualTo(URI.create("aws:s3.us-west-2.b"));
  }

  @Test
  void eventBridgeDoesNotEncodeKeys() throws Exception {
    CloudEvent event = read(EVENT_BRIDGE).getFirst();
    assertThat(event.getSubject()).isEqualTo("a+b/ü.csv");
    assertThat(event.getType()).isEqualTo("com.amazonaws.s3.ObjectCreated:Put");
    assertThat(S3Object.isMade(event)).isTrue();
    assertThat(event.getSource()).isEqualTo(URI.create("aws:s3.ca-central-1.b"));
  }

  /** As notifications name them, so that one filter is for both. */
  @ParameterizedTest
  @CsvSource({
    "Object Created, reason, CompleteMultipartUpload, ObjectCreated:CompleteMultipartUpload",
    "Object Created, reason, POST Object, ObjectCreated:Post",
    "Object Deleted, deletion-type, Permanently Deleted, ObjectRemoved:Delete",
    "Object Deleted, deletion-type, Delete Marker Created, ObjectRemoved:DeleteMarkerCreated",
    "Object Deleted, other, x, ObjectRemoved:Delete",
    "Object Tags Added, other, x, ObjectTagging:Put",
    "Something New, other, x, SomethingNew",
  })
  void eventBridgeNamesWhatHappens(String kind, String field, String value, String type)
      throws Exception {
    String body =
        EVENT_BRIDGE
            .replace("Object Created", kind)
            .replace("\"reason\":\"PutObject\"", "\"%s\":\"%s\"".formatted(field, value));
    assertThat(read(body).getFirst().getType()).isEqualTo("com.amazonaws.s3." + type);
  }

  /** A run that tags the object that it reads would start itself. */
  @ParameterizedTest
  @CsvSource({
    "PutTagging, ObjectTagging:Put",
    "DeleteTagging, ObjectTagging:Delete",
    "PutRetention, ObjectRetention:Put",
    "PutLegalHold, ObjectLegalHold:Put"
  })
  void whatIsPutOnAnObjectIsNoNewObject(String minio, String type) throws Exception {
    CloudEvent event =
        read(MINIO.replace("ObjectCreated:Put", "ObjectCreated:" + minio)).getFirst();
    assertThat(event.getType()).isEqualTo("com.amazonaws.s3." + type);
    assertThat(S3Object.isMade(event)).isFalse();
    assertThat(event.getId()).isNotEqualTo(id(MINIO));
  }

  @Test
  void oneChangeHasOneIdHoweverItIsTold() throws Exception {
    String again =
        MINIO
            .replace("\"x-amz-request-id\":\"18\"", "\"x-amz-request-id\":\"99\"")
            .replace("\"18AF\"", "\"0018af\"")
            .replace("Put\",\"userIdentity", "CompleteMultipartUpload\",\"userIdentity");
    assertThat(id(again)).isEqualTo(id(MINIO));
    Stream<String> others =
        Stream.of(
            MINIO.replace("18AF", "18B0"),
            MINIO.replace("\"e1\"", "\"e2\""),
            MINIO.replace("d-1", "d-2"),
            MINIO.replace("a+b%2F1.csv", "a+b%2F2.csv"),
            MINIO.replace(
                "ObjectCreated:Put\",\"userIdentity", "ObjectCreated:PutTagging\",\"userIdentity"),
            MINIO.replace(
                "ObjectCreated:Put\",\"userIdentity", "ObjectRemoved:Delete\",\"userIdentity"));
    List<String> ids = new java.util.ArrayList<>(List.of(id(MINIO)));
    for (String other : others.toList()) {
      ids.add(id(other));
    }
    assertThat(ids).doesNotHaveDuplicates().hasSize(7);
  }

  @Test
  void theTestOfASetUpIsNoEvent() throws Exception {
    assertThat(
            read(
                "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Time\":\"2026-11-21T12:00:00Z\",\"Bucket\":\"b\"}"))
        .isEmpty();
    assertThat(read("{\"Records\":[]}")).isEmpty();
  }

  /** Such keys may be in a bucket; a store that is refused them would send them for ever. */
  @Test
  void aHostileKeyIsTextAndNothingElse() throws Exception {
    assertThat(
            read(AWS.replace("k1", "..%2F..%2Fetc%2Fpasswd%00%0A$(inputs)"))
                .getFirst()
                .getSubject())
        .isEqualTo("../../etc/passwd\uFFFD\uFFFD$(inputs)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                             | body                        | expected a notification of S3
          {"Records":[{}]}                               | Records[0].eventName        | found nothing
          {"Records":[{"eventName":7}]}                  | Records[0].eventName        | found 7
          {"Records":[{"eventName":"a","s3":{"bucket":{"name":"b"},"object":{}}}]} | Records[0].s3.object.key | found nothing
          {"Records":[{"eventName":"a","s3":{"bucket":{"name":"b"},"object":{"key":"%zz"}}}]} | Records[0].s3.object.key | URL-encoded
          {"source":"aws.s3"}                            | detail-type                 | found nothing
          """)
  void whatIsMissingIsNamed(String body, String field, String words) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(
            MalformedEventException.class, e -> assertThat(e.attribute()).isEqualTo(field))
        .hasMessageContaining(words);
  }
}
