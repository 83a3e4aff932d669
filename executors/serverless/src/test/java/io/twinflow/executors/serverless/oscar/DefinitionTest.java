package io.twinflow.executors.serverless.oscar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.testing.TaskBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A service is known by what is in it. */
class DefinitionTest {

  private final OscarOptions options =
      OscarOptions.at(
          URI.create("http://oscar.example"),
          new OscarOptions.Access.Bearer(() -> "t"),
          Path.of("/shared"));

  private static TaskBuilder task(String installation, ContainerSpec container) {
    return new TaskBuilder(
        new AttemptKey(installation, "r", 1, 1),
        new Layout("/o", "/t", "/i"),
        List.of("true"),
        container);
  }

  private Definition of(TaskBuilder task) throws AttemptFailure {
    return Definition.of(task.build(), options, "true");
  }

  @Test
  void theSameMakesTheSameServiceAndAnythingElseAnother() throws Exception {
    Definition one = of(task("a", ContainerSpec.pull("org/x:1", null)).cores(0.25));
    assertThat(of(task("a", ContainerSpec.pull("org/x:1", null)).cores(0.25))).isEqualTo(one);
    assertThat(
            List.of(
                of(task("a", ContainerSpec.pull("org/x:2", null)).cores(0.25)).name(),
                of(task("a", ContainerSpec.pull("org/x:1", null)).cores(0.5)).name(),
                of(task("a", ContainerSpec.pull("org/x:1", null)).cores(0.25).memoryMiB(17)).name(),
                of(task("b", ContainerSpec.pull("org/x:1", null)).cores(0.25)).name(),
                one.name()))
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(39).matches("tf-[0-9a-f]+"));
  }

  @Test
  void sizesAreInKubernetesWords() throws Exception {
    Definition service = of(task("a", null).cores(1.999).memoryMiB(300));
    assertThat(service.json().path("cpu").asString()).isEqualTo("2");
    assertThat(service.json().path("memory").asString()).isEqualTo("300Mi");
    assertThat(of(task("a", null).cores(0.251)).json().path("cpu").asString()).isEqualTo("0.26");
    assertThat(service.json().path("image").asString()).isEqualTo("debian:stable-slim");
  }

  @Test
  void whatIsKeptIsWhatWasMade() throws Exception {
    Definition service = of(task("a", null));
    assertThat(Definition.parse(service.toString())).isEqualTo(service);
    assertThat(service.isSame(service.json())).isTrue();
    assertThat(service.isSame(of(task("b", null)).json())).isFalse();
  }

  @Test
  void anImageThatNoRegistryHasIsRefusedWithWhatToDo() {
    ContainerSpec built =
        new ContainerSpec(new ContainerSpec.Image.Build("FROM debian"), "built:1");
    assertThatThrownBy(() -> of(task("a", built)))
        .isInstanceOf(AttemptFailure.class)
        .hasMessageContaining("dockerPull")
        .hasMessageContaining("dockerFile");
  }
}
