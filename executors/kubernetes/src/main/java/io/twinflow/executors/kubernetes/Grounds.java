package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.bundle.remote.RemoteTasks;
import io.twinflow.executors.kubernetes.KubernetesOptions.SharedFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.Staged;
import java.time.Clock;

/** Which ground a site has. */
final class Grounds {

  private Grounds() {}

  static Ground of(KubernetesOptions options, Clock clock) {
    return switch (options.files()) {
      case SharedFolder shared -> new FolderGround(options, shared);
      case Staged(Exchange exchange) -> {
        RemoteTasks tasks = RemoteTasks.of(exchange, options.site(), StagedPods.ROOT);
        Labels labels = StoreGround.labels(exchange.place(), options.site());
        yield new StoreGround(
            options.site(),
            exchange.place(),
            tasks,
            labels,
            new StagedPods(options, labels, tasks),
            clock);
      }
    };
  }
}
