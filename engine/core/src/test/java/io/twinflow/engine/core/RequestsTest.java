package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequestsTest {

  private static final RunId RUN = new RunId("20261120-093012-k3x9qa");

  @TempDir Path runs;

  @Test
  void areTakenOnceAndInOrder() throws Exception {
    Files.createDirectory(runs.resolve(RUN.value()));
    Requests theirs = new Requests(runs);
    theirs.add(RUN, Request.PAUSE);
    theirs.add(RUN, Request.PROCEED);
    theirs.add(RUN, Request.CANCEL);

    Requests ours = new Requests(runs);
    assertThat(ours.take(RUN)).containsExactly(Request.PAUSE, Request.PROCEED, Request.CANCEL);
    assertThat(ours.take(RUN)).isEmpty();
  }

  @Test
  void whatIsNoRequestIsPassedOver() throws Exception {
    Path folder = Files.createDirectory(runs.resolve(RUN.value()));
    Files.writeString(folder.resolve("asked"), "SELL\nPAUSE\n");

    assertThat(new Requests(runs).take(RUN)).containsExactly(Request.PAUSE);
  }
}
