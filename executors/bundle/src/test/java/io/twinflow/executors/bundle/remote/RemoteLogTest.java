package io.twinflow.executors.bundle.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.testing.MapPlace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The parts of a log are one log, whoever sent them. */
class RemoteLogTest {

  private final MapPlace place = new MapPlace();

  private void put(String name, String text) throws IOException {
    place.put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private String read() throws IOException {
    try (InputStream log = RemoteLog.open(place, "log/stdout.")) {
      return new String(log.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void partsFollowEachOther() throws Exception {
    put("log/stdout.000000000000000", "one ");
    put("log/stdout.000000000000004", "two ");
    put("log/stdout.000000000000008", "");
    put("log/stderr.000000000000000", "no");
    assertThat(read()).isEqualTo("one two ");
  }

  @Test
  void whatTwoSendersSentTwiceIsReadOnce() throws Exception {
    put("log/stdout.000000000000000", "one two");
    put("log/stdout.000000000000004", "two three");
    put("log/stdout.000000000000006", "o");
    put("log/stdout.000000000000008", "three four");
    assertThat(read()).isEqualTo("one two three four");
  }

  @Test
  void whatIsNoPartIsPassedOver() throws Exception {
    put("log/stdout.000000000000000", "one");
    put("log/stdout.x", "no");
    put("log/stdout.", "no");
    put("log/stdout.99999999999999999999", "no");
    assertThat(read()).isEqualTo("one");
  }

  @Test
  void noPartsAreAnEmptyLog() throws Exception {
    assertThat(read()).isEmpty();
  }
}
