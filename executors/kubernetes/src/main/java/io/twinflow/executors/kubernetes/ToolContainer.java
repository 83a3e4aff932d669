package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;

/** The container in which a tool runs, by the bundle. */
final class ToolContainer {

  static final String NAME = "tool";

  /** Keeps an image's environment, without what Kubernetes sets everywhere and no image meant. */
  static final String OF_IMAGE =
      "unset KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT KUBERNETES_SERVICE_PORT_HTTPS"
          + " KUBERNETES_PORT KUBERNETES_PORT_443_TCP KUBERNETES_PORT_443_TCP_ADDR"
          + " KUBERNETES_PORT_443_TCP_PORT KUBERNETES_PORT_443_TCP_PROTO;"
          + " export TWINFLOW_BUNDLE=1; ";

  private ToolContainer() {}

  static ContainerBuilder of(KubernetesOptions options, TaskSpec task) throws AttemptFailure {
    return new ContainerBuilder()
        .withName(NAME)
        .withImage(Images.of(task.container(), options))
        .withImagePullPolicy("IfNotPresent")
        .withResources(Asked.of(task.resources(), options.pods().gpu()));
  }

  /** The same on a node of Kubernetes' own, which keeps it in bounds and asks it to end. */
  static ContainerBuilder heedful(KubernetesOptions options, TaskSpec task) throws AttemptFailure {
    return of(options, task)
        .withSecurityContext(SecurityWords.ofContainer(options.pods().security()))
        // A kubelet asks the first process only, which is a shell; the tool is asked by this.
        .withNewLifecycle()
        .withNewPreStop()
        .withNewExec()
        .withCommand("sh", "-c", "kill -TERM -1")
        .endExec()
        .endPreStop()
        .endLifecycle();
  }
}
