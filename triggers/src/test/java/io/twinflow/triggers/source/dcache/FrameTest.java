package io.twinflow.triggers.source.dcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class FrameTest {

  private static BufferedReader stream(String text) {
    return new BufferedReader(new StringReader(text));
  }

  @Test
  void framesAreReadAsTheStandardSays() throws Exception {
    BufferedReader lines =
        stream(
            """
            : hello
            retry: 10

            event: inotify
            id: 7
            data: one
            data:two

            data
            id

            event: lost
            id: 8

            data: plain

            event: cut
            data: off
            """);
    assertThat(Frame.read(lines)).isEqualTo(new Frame("inotify", "7", "one\ntwo"));
    assertThat(Frame.read(lines)).isEqualTo(new Frame("message", "", ""));
    assertThat(Frame.read(lines)).isEqualTo(new Frame("message", null, "plain"));
    assertThat(Frame.read(lines)).isNull();
  }

  @Test
  void aFrameWithoutAnEndIsNotKeptForEver() {
    BufferedReader lines = stream(("data: " + "x".repeat(1000) + "\n").repeat(2000));
    assertThatThrownBy(() -> Frame.read(lines))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 1048576 characters");
  }

  @Test
  void whatAFrameSaysIsReadAndWhatCannotBeReadIsAsGoodAsLost() {
    Told told =
        Told.of(
            new Frame(
                "inotify",
                "7",
                "{\"event\":{\"name\":\"a b\",\"mask\":[\"IN_CREATE\",\"IN_ISDIR\"]},\"subscription\":\"https://x:3880/api/v1/c/1\"}"));
    assertThat(told.subscription()).isEqualTo("/api/v1/c/1");
    assertThat(told.name()).isEqualTo("a b");
    assertThat(told.is("IN_CREATE")).isTrue();
    assertThat(told.isFolder()).isTrue();
    assertThat(Told.of(new Frame("metronome", "8", "tick")).type()).isEmpty();
    assertThat(Told.of(new Frame("SYSTEM", null, "{\"type\":\"EVENT_LOSS\"}")).type())
        .isEqualTo(Told.LOSS);
    assertThat(Told.of(new Frame("inotify", "9", "{")).type()).isEqualTo(Told.UNREADABLE);
    assertThat(Told.of(new Frame("inotify", "9", "{\"subscription\":\"not a url\"}")).type())
        .isEqualTo(Told.UNREADABLE);
  }
}
