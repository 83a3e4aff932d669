package io.twinflow.triggers.source.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.Trouble;
import java.io.ByteArrayInputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a bucket tells line by line. */
class ListenConnectionTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private static List<Message> read(ListenConnection connection, int count) throws Exception {
    List<Message> all = new ArrayList<>();
    while (all.size() < count) {
      all.addAll(connection.receive(LONG));
    }
    return all;
  }

  @Test
  void eachLineIsAMessageAndBlanksAreNone() throws Exception {
    PipedInputStream in = new PipedInputStream();
    try (PipedOutputStream out = new PipedOutputStream(in);
        ListenConnection connection = new ListenConnection(new TestListing(), in)) {
      out.write(" \n\n{\"a\":\n".getBytes(StandardCharsets.UTF_8));
      out.write("{\"b\": \"ü\"}\r\n \n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      assertThat(read(connection, 2))
          .extracting(message -> new String(message.body(), StandardCharsets.UTF_8))
          .containsExactly("{\"a\":", "{\"b\": \"ü\"}\r");
    }
  }

  @Test
  void anEndSaysThatTheSweepFindsTheRest() {
    try (ListenConnection connection =
        new ListenConnection(new TestListing(), new ByteArrayInputStream(new byte[0]))) {
      assertThatThrownBy(() -> connection.receive(LONG))
          .isInstanceOf(Trouble.class)
          .hasMessageContaining("ended the connection")
          .hasMessageContaining("found by the sweep");
    }
  }

  @Test
  void aLineWithoutAnEndIsNotHeldForEver() {
    byte[] endless = new byte[(4 << 20) + 1];
    try (ListenConnection connection =
        new ListenConnection(new TestListing(), new ByteArrayInputStream(endless))) {
      assertThatThrownBy(() -> connection.receive(LONG)).hasMessageContaining("more than");
    }
  }
}
