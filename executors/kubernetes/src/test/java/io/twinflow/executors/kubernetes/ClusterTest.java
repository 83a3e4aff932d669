package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.kubernetes.KubernetesOptions.Staged;
import io.twinflow.executors.testing.MapPlace;
import io.twinflow.executors.testing.TaskBuilder;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is too large for every node, by fabric8's mock: nodes of a real cluster are not ours. */
class ClusterTest {

  private static final AttemptKey ATTEMPT = new AttemptKey("here", "r1", 7, 2);

  private final MockCluster mock = new MockCluster();
  private final KubernetesOptions options =
      KubernetesOptions.at(
          new Access.InCluster(),
          "twins",
          new Staged(
              new Exchange(
                  new MapPlace(),
                  URI.create("http://engine.example.org/tickets/"),
                  "nobody can guess this, can they?",
                  key -> "runs/" + key.value()),
              null));
  private final Ground ground = Grounds.of(options, Clock.systemUTC());
  private final Cluster cluster =
      new Cluster(new Api(mock.client(), options), options, ground.pods(), Clock.systemUTC());

  @AfterEach
  void stop() {
    mock.close();
  }

  private void node(String name, Map<String, Quantity> allocatable) {
    mock.client()
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withAllocatable(allocatable)
                .endStatus()
                .build())
        .create();
  }

  private static Map<String, Quantity> withDisk(String disk) {
    return Map.of(
        "cpu", new Quantity("4"), "memory", new Quantity("8Gi"), Cluster.DISK, new Quantity(disk));
  }

  private TaskSpec task(long outdirMiB) throws Exception {
    return new TaskBuilder(ATTEMPT, ground.attempts().layout(ATTEMPT, false), List.of("true"), null)
        .outdirMiB(outdirMiB)
        .build();
  }

  @Test
  void outputsThatNoNodesDiskHoldsAreRefusedWithTheSizeOfTheLargest() throws Exception {
    node("small", withDisk("2Gi"));
    node("large", withDisk("10737418240"));
    TaskSpec fits = task(10_000);
    assertThatCode(() -> cluster.check(fits)).doesNotThrowAnyException();
    TaskSpec large = task(10_241);
    assertThatExceptionOfType(AttemptFailure.class)
        .isThrownBy(() -> cluster.check(large))
        .withMessage("asks for 10241 MiB of disk (there are 10240 in the largest node)")
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.RESOURCES));
  }

  @Test
  void aNodeThatDoesNotTellItsDiskIsNotSmall() throws Exception {
    node("small", withDisk("2Gi"));
    node("virtual", Map.of("cpu", new Quantity("4"), "memory", new Quantity("8Gi")));
    TaskSpec large = task(1L << 40);
    assertThatCode(() -> cluster.check(large)).doesNotThrowAnyException();
  }
}
