package io.twinflow.triggers.dcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingRecordTest {

  private static final URI TOPIC = URI.create("kafka://broker.example.org:9092/billing");

  private static final String TRANSFER =
      """
      {"version": "1.0", "msgType": "transfer", "date": "2026-11-21T10:00:00.5+01:00",
       "cellName": "pool1", "cellDomain": "poolDomain", "session": "pool:pool1@d:17",
       "status": {"code": 0, "msg": ""}, "pnfsid": "0000AB", "billingPath": "/data/uploads/a b.nc",
       "transferPath": "/upload/17/a b.nc", "fileSize": 7, "isWrite": "write", "isP2p": false}
      """;

  private static Optional<CloudEvent> read(String record) throws MalformedEventException {
    return BillingRecord.read(TOPIC, record.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aFileThatWasWrittenIsAnEventWhoseDataIsTheRecord() throws Exception {
    CloudEvent event = read(TRANSFER).orElseThrow();
    assertThat(event.getType()).isEqualTo("io.twinflow.dcache.file");
    assertThat(event.getSubject()).isEqualTo("/data/uploads/a b.nc");
    assertThat(event.getSource()).isEqualTo(TOPIC);
    assertThat(event.getTime()).isEqualTo("2026-11-21T10:00:00.5+01:00");
    assertThat(new String(event.getData().toBytes(), StandardCharsets.UTF_8))
        .contains("\"fileSize\":7", "\"transferPath\":\"/upload/17/a b.nc\"");
    assertThat(read(TRANSFER).orElseThrow().getId()).isEqualTo(event.getId());
    assertThat(read(TRANSFER.replace("d:17", "d:18")).orElseThrow().getId())
        .isNotEqualTo(event.getId());
    assertThat(read(TRANSFER.replace("0000AB", "0000AC")).orElseThrow().getId())
        .isNotEqualTo(event.getId());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"write\"               | \"read\"",
        "\"write\"               | true",
        "\"isP2p\": false        | \"isP2p\": true",
        "\"code\": 0             | \"code\": 666",
        "\"status\"              | \"stage\"",
        "\"msgType\": \"transfer\" | \"msgType\": \"request\"",
        "\"msgType\": \"transfer\" | \"msgType\": \"store\"",
        "\"msgType\": \"transfer\" | \"msgType\": \"hit\"",
      })
  void whatWroteNoFileIsNone(String part, String other) throws Exception {
    assertThat(TRANSFER).contains(part);
    assertThat(read(TRANSFER.replace(part, other))).isEmpty();
  }

  /** Doors write the version in capitals, and say nothing of files. */
  @Test
  void aDoorsRequestIsNone() throws Exception {
    assertThat(
            read(
                "{\"VERSION\": \"1.0\", \"msgType\": \"request\", \"status\": {\"code\": 0}, \"billingPath\": \"/a\"}"))
        .isEmpty();
  }

  @Test
  void aFileThatWasRemovedIsAnEventToo() throws Exception {
    CloudEvent event =
        read("{\"version\": \"1.0\", \"msgType\": \"remove\", \"transaction\": \"t1\", \"date\": \"2026-11-21T10:00:00Z\", \"status\": {\"code\": 0}, \"pnfsid\": \"0000AB\", \"billingPath\": \"/data/a\"}")
            .orElseThrow();
    assertThat(event.getType()).isEqualTo("io.twinflow.dcache.removed");
    assertThat(event.getSubject()).isEqualTo("/data/a");
  }

  @Test
  void withoutAPathOfTheNamespaceThatOfTheTransferCounts() throws Exception {
    assertThat(read(TRANSFER.replace("/data/uploads/a b.nc", "Unknown")).orElseThrow().getSubject())
        .isEqualTo("/upload/17/a b.nc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                              | msgType",
        "{\"type\": \"reading\"}         | msgType",
        "{\"msgType\": \"remove\", \"status\": {\"code\": 0}} | pnfsid",
        "{\"msgType\": \"remove\", \"status\": {\"code\": 0}, \"pnfsid\": \"1\"} | billingPath",
      })
  void whatIsNoRecordIsRefused(String text, String attribute) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            MalformedEventException.class, e -> assertThat(e.attribute()).isEqualTo(attribute));
  }
}
