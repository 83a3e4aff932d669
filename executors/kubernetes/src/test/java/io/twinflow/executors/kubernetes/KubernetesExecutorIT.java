package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.testing.ExecutorContract;
import io.twinflow.executors.testing.Feature;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** On the Kubernetes that {@code peers/kubernetes} starts. */
@Execution(ExecutionMode.CONCURRENT)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_KUBECONFIG", matches = ".+")
class KubernetesExecutorIT extends ExecutorContract {

  private final Set<Path> opened = ConcurrentHashMap.newKeySet();

  @Override
  protected Executor open(Path scratch) {
    opened.add(RealCluster.root(scratch));
    return new KubernetesExecutor(RealCluster.options(scratch)).withKnownSize();
  }

  /** Pods of other tests keep their room until the node has seen to their end. */
  @BeforeEach
  void awaitWholeSite(TestInfo test) {
    if (test.getTestMethod().orElseThrow().isAnnotationPresent(ResourceLock.class)) {
      RealCluster.awaitNoPods();
    }
  }

  /** A node looks at all that its pods left, each second. */
  @AfterEach
  void deleteJobs() {
    opened.forEach(RealCluster::deleteJobs);
  }

  @Override
  protected ContainerSpec container() {
    return ContainerSpec.pull(RealCluster.image(), null);
  }

  @Override
  protected Set<Feature> without() {
    return Set.of(
        Feature.ENFORCES_READ_ONLY_INPUTS,
        Feature.EXACT_ENVIRONMENT,
        Feature.STAGES_ANYWHERE,
        Feature.KNOWS_SIGNALS,
        // The scheduler of Kubernetes takes whatever fits.
        Feature.STARTS_IN_TURN);
  }
}
