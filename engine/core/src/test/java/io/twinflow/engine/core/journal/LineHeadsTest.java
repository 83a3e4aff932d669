package io.twinflow.engine.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.EveryEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineHeadsTest {

  @TempDir Path folder;

  @Test
  void tellOfEveryEventWhatReadingItTells() throws IOException {
    Lines lines = new Lines(EveryEvent.RUN, new FileBlobs(folder));
    List<Envelope> all = EveryEvent.envelopes(97);
    for (int from = 0; from < all.size(); from++) {
      for (int to = from + 1; to <= all.size(); to++) {
        List<Envelope> some = all.subList(from, to);
        byte[] payload = lines.write("an \"id\"", some);
        assertThat(LineHeads.last(payload)).hasValue(some.getLast().sequence());
        assertThat(LineHeads.mayOwn(payload))
            .isEqualTo(some.stream().anyMatch(e -> e.event() instanceof Event.RunOwned));
      }
    }
  }

  @Test
  void tellNothingOfLinesThatBeginInAnotherWay() {
    for (String text :
        List.of(
            "", "\"id\"", "\"id\"\n", "\"id\"\n{\"v\":1,\"seq\":7}\n", "\"id\"\n{\"seq\":x\n")) {
      assertThat(LineHeads.last(text.getBytes(StandardCharsets.UTF_8))).as(text).isEmpty();
    }
  }
}
