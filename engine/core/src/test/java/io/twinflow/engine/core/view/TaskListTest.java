package io.twinflow.engine.core.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskListTest {

  @Test
  void aNameMeansEveryStepThatIsCalledSoAndWhatLiesInIt() {
    assertThat(TaskList.in("clean"))
        .accepts("/clean", "/clean[3]", "/basin[1]/clean", "/clean[1]/cleanup", "/cleanup/clean")
        .rejects("/cleanup", "/basin[1]/unclean");
    assertThat(TaskList.in("/clean")).accepts("/clean[3]").rejects("/basin[1]/clean");
  }

  @Test
  void aPathNeedsNoIndicesAndTakesThem() {
    assertThat(TaskList.in("basin/clean"))
        .accepts("/basin[0]/clean", "/basin/clean[7]", "/all/basin[0]/clean/sub")
        .rejects("/basin[0]", "/basin[0]/dirty/clean");
    assertThat(TaskList.in("/basin[1]/clean"))
        .accepts("/basin[1]/clean[2]")
        .rejects("/basin[0]/clean", "/basin[11]/clean");
    assertThat(TaskList.in("loop/step")).accepts("/loop#3/step");
  }
}
