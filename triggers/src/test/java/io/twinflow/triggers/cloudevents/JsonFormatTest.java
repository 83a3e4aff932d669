package io.twinflow.triggers.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON Event Format for CloudEvents 1.0.2. */
class JsonFormatTest {

  private static CloudEvent read(String json) throws MalformedEventException {
    return JsonFormat.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static String event(String more) {
    return "{'specversion':'1.0','id':'1','source':'/gauges','type':'t'" + more + "}";
  }

  private static String data(CloudEvent event) {
    CloudEventData data = event.getData();
    return data == null ? null : new String(data.toBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void allAttributesAreRead() throws Exception {
    CloudEvent event =
        read(
            event(
                ",'subject':'a/b','time':'2026-11-21T13:00:00+01:00','dataschema':'urn:x','sequence':7,'last':true,'note':'ü'"));
    assertThat(event.getId()).isEqualTo("1");
    assertThat(event.getSource()).isEqualTo(URI.create("/gauges"));
    assertThat(event.getType()).isEqualTo("t");
    assertThat(event.getSubject()).isEqualTo("a/b");
    assertThat(event.getTime()).isEqualTo(OffsetDateTime.parse("2026-11-21T13:00:00+01:00"));
    assertThat(event.getDataSchema()).isEqualTo(URI.create("urn:x"));
    assertThat(event.getExtension("sequence")).isEqualTo(7);
    assertThat(event.getExtension("last")).isEqualTo(true);
    assertThat(event.getExtension("note")).isEqualTo("ü");
    assertThat(event.getData()).isNull();
  }

  @Test
  void dataIsWhatItsMediaTypeSays() throws Exception {
    assertThat(data(read(event(",'data':{'a':[1,null]}")))).isEqualTo("{\"a\":[1,null]}");
    assertThat(data(read(event(",'data':'x'")))).isEqualTo("\"x\"");
    assertThat(data(read(event(",'data':'x','datacontenttype':'text/plain'")))).isEqualTo("x");
    assertThat(data(read(event(",'data':'x','datacontenttype':'a/b+json; charset=utf-8'"))))
        .isEqualTo("\"x\"");
    assertThat(data(read(event(",'data_base64':'eMO8','datacontenttype':'a/b'")))).isEqualTo("xü");
    assertThat(read(event(",'data':{}")).getDataContentType()).isEqualTo("application/json");
    assertThat(read(event(",'data':null,'subject':null")).getData()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          nojson                                                        | body            | line 1, column
          [1]                                                           | body            | expected an object, found array
          {'id':'1','source':'s','type':'t'}                            | specversion     | it is missing
          {'specversion':'0.3','id':'1','source':'s','type':'t'}        | specversion     | found "0.3"
          {'specversion':'1.0','source':'s','type':'t'}                 | id              | it is missing
          {'specversion':'1.0','id':'','source':'s','type':'t'}         | id              | expected some text
          {'specversion':'1.0','id':1,'source':'s','type':'t'}          | id              | expected some text, found "1"
          {'specversion':'1.0','id':'1','source':'a b','type':'t'}      | source          | Illegal character in path at character 2
          {'specversion':'1.0','id':'1','source':'s','type':'t','id':'2'} | body          | Duplicate
          {'specversion':'1.0','id':'1','source':'s','type':'t','time':'yesterday'} | time | found "yesterday"
          {'specversion':'1.0','id':'1','source':'s','type':'t','dataschema':'x'} | dataschema | absolute
          {'specversion':'1.0','id':'1','source':'s','type':'t','My_x':'x'} | My_x        | lower-case
          {'specversion':'1.0','id':'1','source':'s','type':'t','x':{}} | x               | found object
          {'specversion':'1.0','id':'1','source':'s','type':'t','x':1.5} | x              | found number
          {'specversion':'1.0','id':'1\\u0000','source':'s','type':'t'} | id              | control character
          {'specversion':'1.0','id':'\\ud800','source':'s','type':'t'}  | id              | half a character
          {'specversion':'1.0','id':'1','source':'s','type':'t','data':1,'data_base64':''} | data | one of data
          {'specversion':'1.0','id':'1','source':'s','type':'t','data_base64':'!'} | data_base64 | base64
          {'specversion':'1.0','id':'1','source':'s','type':'t'} x      | body            | line 1, column
          """)
  void whatIsWrongIsNamed(String json, String attribute, String words) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            MalformedEventException.class, e -> assertThat(e.attribute()).isEqualTo(attribute))
        .hasMessageContaining(words);
  }

  @Test
  void aBatchNamesTheEventThatIsWrong() throws Exception {
    String one = event("").replace('\'', '"');
    assertThat(JsonFormat.readBatch(("[" + one + "," + one + "]").getBytes(StandardCharsets.UTF_8)))
        .hasSize(2);
    assertThat(JsonFormat.readBatch("[]".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThatThrownBy(
            () -> JsonFormat.readBatch(("[" + one + ",{}]").getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            MalformedEventException.class,
            e -> assertThat(e.attribute()).isEqualTo("[1].specversion"));
    assertThatThrownBy(() -> JsonFormat.readBatch(one.getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("expected an array of events, found object");
  }

  @Test
  void anEventIsWrittenAsItWasRead() throws Exception {
    for (String more :
        new String[] {
          ",'time':'2026-11-21T13:00:00Z','sequence':7,'last':true,'data':{'a':1},'datacontenttype':'application/json'",
          ",'datacontenttype':'text/plain','data':'ü'",
          ",'datacontenttype':'text/plain','data_base64':'/w=='",
          ",'data_base64':'AAE='",
          ""
        }) {
      String json = event(more).replace('\'', '"');
      CloudEvent event = read(json);
      assertThat(read(JsonFormat.write(event).toString())).isEqualTo(event);
      CloudEventData data = event.getData();
      assertThat(
              JsonFormat.read(
                  JsonFormat.writeAttributes(event).toString(),
                  data == null ? null : data.toBytes()))
          .isEqualTo(event);
    }
  }

  /** The SDK would write it into the document as it is. */
  @Test
  void dataThatIsCalledJsonAndIsNoneIsWrittenInBase64() throws Exception {
    CloudEvent event =
        read(event(",'datacontenttype':'application/json','data_base64':'eyJhIjoxfSwi'"));
    assertThat(JsonFormat.write(event).toString()).contains("\"data_base64\":\"eyJhIjoxfSwi\"");
  }
}
