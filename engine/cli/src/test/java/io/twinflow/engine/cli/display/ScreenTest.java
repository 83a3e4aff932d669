package io.twinflow.engine.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {

  @Test
  void goesUpOverWhatStandsAndClearsTheRest() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Screen screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    screen.draw(List.of(), List.of("one", "two"));
    bytes.reset();
    screen.draw(List.of("said"), List.of("one"));

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("\r\u001b[2Asaid\u001b[K\none\u001b[K\n\u001b[J");
  }
}
