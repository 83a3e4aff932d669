package io.twinflow.triggers.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Setting.Written;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.triggers.source.bucket.Buckets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the configuration of a source may say. */
class SourceTypesTest {

  private static final String PLACE = "twinflow.yaml:4:7";

  private static final Map<String, Map<String, String>> PLAIN =
      Map.of(
          "kafka", Map.of("addresses", "one:9092", "topics", "readings", "group", "twinflow"),
          "mqtt", Map.of("addresses", "one", "topics", "gauges/+/level", "session", "twinflow"),
          "amqp", Map.of("addresses", "one", "queue", "readings"),
          "nats", Map.of("addresses", "one", "stream", "GAUGES", "consumer", "twinflow"));

  private static Map<String, Setting> plain(String type) {
    Map<String, Setting> fields = new LinkedHashMap<>();
    PLAIN.get(type).forEach((name, value) -> fields.put(name, Setting.text(value, PLACE)));
    fields.put("user", Setting.text("twin", PLACE));
    fields.put(
        "password",
        new Setting(
            new Written.Fields(Map.of("environment", Setting.text("NO_SUCH_VARIABLE", PLACE))),
            PLACE));
    return fields;
  }

  private static Source open(String type, Map<String, Setting> fields)
      throws InvalidSettingException {
    Settings settings = Settings.of("sources", "gauges", fields, PLACE);
    Source source = SourceTypes.all(Buckets.NONE).find(type).orElseThrow().open(settings);
    settings.end();
    return source;
  }

  @ParameterizedTest
  @CsvSource({"kafka", "mqtt", "amqp", "nats"})
  void whatIsPlainIsTaken(String type) throws Exception {
    try (Source source = open(type, plain(type))) {
      assertThat(source.state().connected()).isFalse();
      assertThat(source.state().taken()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"kafka", "mqtt", "amqp", "nats"})
  void severalAddressesAndTlsAreTaken(String type) throws Exception {
    Map<String, Setting> fields = plain(type);
    fields.put(
        "addresses",
        new Setting(
            new Written.Items(
                List.of(Setting.text("one:1", PLACE), Setting.text("[::1]:2", PLACE))),
            PLACE));
    fields.put("tls", Setting.text("true", PLACE));
    fields.put("authority", Setting.text("/etc/ca.pem", PLACE));
    fields.put("certificate", Setting.text("/etc/own.pem", PLACE));
    fields.put("key", Setting.text("/etc/own.key", PLACE));
    open(type, fields).close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kafka | addresses   | kafka://one:9092 | addresses of the broker",
        "mqtt  | addresses   | user:secret@one  | addresses of the broker",
        "amqp  | addresses   | one:0            | addresses of the broker",
        "nats  | addresses   | one:70000        | addresses of the broker",
        "kafka | authority   | /etc/ca.pem      | expected true",
        "kafka | topics      | gauges/level     | names of topics",
        "kafka | mechanism   | GSSAPI           | one of plain, scram-sha-256, scram-sha-512",
        "kafka | start       | now              | one of earliest, latest",
        "kafka | batch       | 0                | from 1 on",
        "mqtt  | topics      | gauges/#/level   | not 'gauges/#/level'",
        "mqtt  | topics      | gauges/a+        | not 'gauges/a+'",
        "mqtt  | topics      | $share/x         | not '$share/x'",
        "mqtt  | qos         | 3                | 0, 1 or 2",
        "mqtt  | version     | 3.1              | 5 or 3.1.1",
        "mqtt  | identity    | topic            | one of delivery, body",
        "amqp  | prefetch    | 70000            | from 1 to 65535",
        "amqp  | exchange    | readings         | means nothing here",
        "nats  | consumer    | a.b              | durable consumer",
        "nats  | ackWait     | 1s               | from 2s on",
        "nats  | credentials | /etc/twin.creds  | not both",
      })
  void whatIsWrongIsRefusedWhereItStands(String type, String field, String value, String words) {
    Map<String, Setting> fields = plain(type);
    fields.put(field, Setting.text(value, PLACE));
    assertThatThrownBy(() -> open(type, fields))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(PLACE)
        .hasMessageContaining("sources.gauges.")
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource({
    "kafka,group",
    "kafka,topics",
    "mqtt,session",
    "mqtt,topics",
    "amqp,queue",
    "nats,stream",
    "nats,consumer",
    "kafka,addresses",
    "mqtt,user",
    "nats,password"
  })
  void whatIsMissingIsNamed(String type, String field) {
    Map<String, Setting> fields = plain(type);
    fields.remove(field);
    assertThatThrownBy(() -> open(type, fields))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("sources.gauges." + field + " is missing");
  }

  @Test
  void nobodyIsAskedForAPasswordThatStandsInTheConfiguration() {
    Map<String, Setting> fields = plain("mqtt");
    fields.put("password", Setting.text("secret", PLACE));
    assertThatThrownBy(() -> open("mqtt", fields)).hasMessageContaining("file: PATH");
  }

  @Test
  void aKindThatIsNotThereIsNotFound() {
    assertThat(SourceTypes.all(Buckets.NONE).find("carrier-pigeon")).isEmpty();
    assertThat(SourceTypes.all(Buckets.NONE).names())
        .containsExactlyInAnyOrder(
            "kafka",
            "mqtt",
            "amqp",
            "nats",
            "push",
            "schedule",
            "folder",
            "dcache",
            "git",
            "bucket");
  }

  @ParameterizedTest
  @CsvSource({"schedule, format, s3", "folder, contentType, text/csv"})
  void whatMakesItsEventsItselfIsToldNothingOfTheirForm(String type, String field, String value) {
    Map<String, Setting> fields = new LinkedHashMap<>();
    fields.put("type", Setting.text(type, PLACE));
    fields.put("cron", Setting.text("0 * * * *", PLACE));
    fields.put("path", Setting.text("/tmp", PLACE));
    fields.put(field, Setting.text(value, PLACE));
    Map<String, Setting> sources = Map.of("gauges", new Setting(new Written.Fields(fields), PLACE));
    assertThatThrownBy(
            () -> new OpenSources(SourceTypes.all(Buckets.NONE), Buckets.NONE).of(sources))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("sources.gauges." + field)
        .hasMessageContaining("as a %s makes its events itself".formatted(type));
  }
}
