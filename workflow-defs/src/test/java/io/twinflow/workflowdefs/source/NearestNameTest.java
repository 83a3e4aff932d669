package io.twinflow.workflowdefs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

  private static final List<String> FIELDS =
      List.of("baseCommand", "arguments", "inputs", "outputs", "stdin", "stdout");

  @Test
  void slipsOfThePenFindTheirName() {
    assertThat(NearestName.of("baseComand", FIELDS)).contains("baseCommand");
    assertThat(NearestName.of("BaseCommand", FIELDS)).contains("baseCommand");
    assertThat(NearestName.of("ouptuts", FIELDS)).contains("outputs");
    assertThat(NearestName.of("std_in", FIELDS)).contains("stdin");
  }

  @Test
  void aStrangerFindsNone() {
    assertThat(NearestName.of("cpus", FIELDS)).isEmpty();
    assertThat(NearestName.hint("cpus", FIELDS)).isEmpty();
  }
}
