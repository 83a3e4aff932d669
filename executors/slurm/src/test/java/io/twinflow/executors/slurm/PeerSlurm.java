package io.twinflow.executors.slurm;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The Slurm that {@code peers/slurm} has started. */
final class PeerSlurm {

  private PeerSlurm() {}

  static SlurmOptions options(Path scratch) {
    return SlurmOptions.at(
            URI.create(System.getenv("TWINFLOW_SLURM_URL")),
            System.getenv("TWINFLOW_SLURM_USER"),
            () -> System.getenv("TWINFLOW_SLURM_TOKEN"),
            scratch)
        .withPoll(Duration.ofMillis(100));
  }
}
