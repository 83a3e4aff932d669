package io.twinflow.triggers.source.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BinaryModeTest {

  private static final Map<String, String> HEADERS =
      Map.of("ce_id", "7", "CE_Type", "t", "ce_datacontenttype", "text/csv", "traceparent", "x");

  @Test
  void takesWhatHasThePrefixInWhateverCase() {
    assertThat(BinaryMode.prefixed("ce_", HEADERS, null))
        .isEqualTo(new BinaryMode(Map.of("id", "7", "type", "t"), "text/csv"));
  }

  @Test
  void theContentTypeOfTheMessageComesBeforeTheAttribute() {
    assertThat(BinaryMode.prefixed("ce_", HEADERS, "text/plain").contentType())
        .isEqualTo("text/plain");
  }

  @Test
  void anEventThatIsWholeInItsBodyHasNoOthers() {
    assertThat(BinaryMode.prefixed("ce_", HEADERS, "Application/CloudEvents+json; charset=utf-8"))
        .isEqualTo(new BinaryMode(Map.of(), "Application/CloudEvents+json; charset=utf-8"));
  }

  @Test
  void propertiesWithoutPrefixAreAttributesIfOneIsTheVersion() {
    assertThat(BinaryMode.plain(Map.of("id", "7", "unit", "m"), "text/csv"))
        .isEqualTo(new BinaryMode(Map.of(), "text/csv"));
    assertThat(
            BinaryMode.plain(Map.of("specversion", "1.0", "id", "7", "X-Trace", "x"), "text/csv"))
        .isEqualTo(new BinaryMode(Map.of("specversion", "1.0", "id", "7"), "text/csv"));
  }
}
