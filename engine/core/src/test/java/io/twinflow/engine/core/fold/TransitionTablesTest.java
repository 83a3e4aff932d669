package io.twinflow.engine.core.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TransitionTablesTest {

  private static String document() {
    return """
    # Transitions

    Which event leads from which state to which. A state without a row is terminal and never left.
    This file is written from `TransitionTables` by its test.

    ## Run

    %s
    ## Task

    %s
    ## Attempt

    %s\
    """
        .formatted(
            TransitionTables.RUN.markdown(),
            TransitionTables.TASK.markdown(),
            TransitionTables.ATTEMPT.markdown());
  }

  @Test
  void theDocumentShowsTheTables() throws IOException {
    Path file = Path.of("../../docs/transitions.md");
    if (Boolean.getBoolean("twinflow.write.docs")) {
      Files.writeString(file, document());
    }
    assertThat(Files.readString(file))
        .as("write it anew with -Dtwinflow.write.docs=true")
        .isEqualTo(document());
  }

  @Test
  void aTerminalStateIsNeverLeft() {
    for (RunState state : RunState.values()) {
      if (state.isTerminal()) {
        assertThat(TransitionTables.RUN.markdown()).doesNotContain("\n| " + state + " | ");
      }
    }
  }
}
