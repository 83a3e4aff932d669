package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.bundle.Containers;
import io.twinflow.executors.bundle.remote.RemoteTasks;
import io.twinflow.executors.kubernetes.KubernetesOptions.Offload;
import io.twinflow.executors.kubernetes.KubernetesOptions.SharedFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.Staged;
import java.time.Clock;

/** Which ground a site has. */
final class Grounds {

  private Grounds() {}

  static Ground of(KubernetesOptions options, Clock clock) {
    return switch (options.files()) {
      case SharedFolder shared -> new FolderGround(options, shared);
      case Staged(Exchange exchange, Offload to) -> {
        Labels labels = StoreGround.labels(exchange.place(), options.site());
        RemoteTasks tasks =
            RemoteTasks.of(
                exchange,
                options.site(),
                to == null ? StagedPods.ROOT : OffloadedPods.root(labels),
                new Containers.OfSite());
        PodFiles pods =
            to == null
                ? new StagedPods(options, labels, tasks)
                : new OffloadedPods(options, to, labels, tasks);
        yield new StoreGround(options.site(), exchange.place(), tasks, labels, pods, clock);
      }
    };
  }
}
