package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.testing.ExecutorContract;
import io.twinflow.executors.testing.Feature;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** On the Kubernetes that {@code peers/kubernetes} starts. */
@EnabledIfEnvironmentVariable(named = "TWINFLOW_KUBECONFIG", matches = ".+")
class KubernetesExecutorIT extends ExecutorContract {

  @Override
  protected Executor open(Path scratch) {
    return new KubernetesExecutor(RealCluster.options(scratch));
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
        Feature.KNOWS_SIGNALS);
  }
}
