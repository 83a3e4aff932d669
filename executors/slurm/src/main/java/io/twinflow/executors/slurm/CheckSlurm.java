package io.twinflow.executors.slurm;

import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.site.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the administrator of a cluster should know of it. */
record CheckSlurm(Slurm slurm, SlurmOptions options, Path root) {

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(folder());
    try {
      findings.add(
          Finding.good("slurmrestd", "%s speaks %s".formatted(options.rest(), slurm.version())));
      List<Dialect.Node> nodes = slurm.nodes();
      findings.add(
          nodes.isEmpty()
              ? Finding.problem(
                  "nodes", "Slurm tells of none", "let user %s see nodes".formatted(options.user()))
              : Finding.good(
                  "nodes",
                  "%d with %,d cores, the largest with %,d MiB of memory"
                      .formatted(
                          nodes.size(),
                          nodes.stream().mapToInt(Dialect.Node::cores).sum(),
                          nodes.stream().mapToLong(Dialect.Node::memoryMiB).max().orElse(0))));
      slurm.jobs();
      findings.add(
          Finding.good("user", "%s may ask for the states of jobs".formatted(options.user())));
    } catch (SiteException e) {
      findings.add(
          Finding.problem(
              "slurmrestd",
              String.valueOf(e.getMessage()),
              "see that slurmrestd and slurmctld run, that rest: names the right address, and that the token is of user %s and still valid"
                  .formatted(options.user())));
    }
    return findings;
  }

  private Finding folder() {
    return Files.isDirectory(root) && Files.isWritable(root)
        ? Finding.good(
            "shared folder", "%s can be written here; all nodes must see it too".formatted(root))
        : Finding.problem(
            "shared folder",
            "%s is no folder that can be written here".formatted(root),
            "mount it here and on all nodes under the same name, and let this user write there");
  }
}
