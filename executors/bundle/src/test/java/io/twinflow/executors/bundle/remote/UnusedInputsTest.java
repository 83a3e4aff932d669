package io.twinflow.executors.bundle.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.bundle.Containers;
import io.twinflow.executors.testing.MapPlace;
import io.twinflow.executors.testing.TaskBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnusedInputsTest {

  private static final AttemptKey ATTEMPT = new AttemptKey("here", "r", 7, 1);

  @TempDir private Path disk;
  private final MapPlace place = new MapPlace();
  private final RemoteTasks tasks =
      new RemoteTasks(
          place,
          RemoteNames.of("hpc"),
          new TicketKey(new byte[32]),
          URI.create("https://engine.example.org/t/hpc"),
          Path.of("/s"),
          new Containers.OfSite());

  private long inputs() throws Exception {
    return place.list("sites/hpc/inputs/").size();
  }

  @Test
  void anInputStaysAsLongAsAnOrderNamesItAndTwoWeeksAtLeast() throws Exception {
    tasks.write(
        new TaskBuilder(ATTEMPT, tasks.layout(ATTEMPT, false), List.of("true"), null)
            .link(Files.writeString(disk.resolve("one"), "one"), "one")
            .build());
    UnusedInputs unused = new UnusedInputs(place);
    Instant now = Instant.now();
    assertThat(unused.delete(now.plus(Duration.ofDays(100)))).isZero();
    tasks.release(ATTEMPT);
    assertThat(unused.delete(now.plus(Duration.ofDays(13)))).isZero();
    assertThat(inputs()).isEqualTo(1);
    assertThat(unused.delete(now.plus(Duration.ofDays(15)))).isEqualTo(1);
    assertThat(inputs()).isZero();
  }
}
