package io.twinflow.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system that has neither the C library's calls nor /proc (macOS): what runs is still ended. */
class WithoutProcIT {

  private static final String RUN = "noproc" + ProcessHandle.current().pid();
  private static final List<String> SWITCHES = List.of("twinflow.libc", "twinflow.proc");

  @TempDir private Path root;

  @BeforeEach
  void switchOff() {
    SWITCHES.forEach(name -> System.setProperty(name, "off"));
  }

  @AfterEach
  void switchOn() {
    SWITCHES.forEach(System::clearProperty);
  }

  @Test
  void aCancelledToolIsEndedWithAChildThatIsDeafToTheFirstSignal() throws Exception {
    try (LocalExecutor executor =
        new LocalExecutor(
            LocalOptions.in(root)
                .withContainers(ContainerChoice.NONE)
                .withGrace(Duration.ofMillis(300)))) {
      AttemptKey key = Tasks.key(RUN, 1, 1);
      BatchHandle handle =
          executor.submit(
              new Batch(
                  new BatchKey(Tasks.INSTALLATION, RUN, 1),
                  List.of(
                      Tasks.task(executor, key, "sh -c 'trap \"\" TERM; sleep 300' & sleep 300"))));
      // The tool, its child, and a sleep of each.
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Marked.processes(Tasks.INSTALLATION, RUN).size() == 4);
      executor.cancel(List.of(key));
      ContainerBench.end(executor, handle);
      assertThat(Marked.processes(Tasks.INSTALLATION, RUN)).isEmpty();
    }
  }
}
