package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.kubernetes.KubernetesOptions.Offload;
import java.util.Optional;

/** Reads {@code interlink:} of a site. */
final class Offloads {

  private Offloads() {}

  static Optional<Offload> read(Settings settings) throws InvalidSettingException {
    Optional<Settings> given =
        settings.section("interlink", "which virtual node gets pods, as in node: hpc");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Settings interlink = given.get();
    return Optional.of(
        new Offload(
            interlink.text("node", "the name of a virtual node").orElse(null),
            interlink.text("flags", "options of sbatch, as in --partition=gpu").orElse(null),
            interlink.time("time").orElse(null)));
  }
}
