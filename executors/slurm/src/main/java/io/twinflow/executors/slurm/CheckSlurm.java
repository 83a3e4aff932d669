package io.twinflow.executors.slurm;

import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.container.ContainerEngines;
import io.twinflow.executors.bundle.container.ContainerTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the administrator of a cluster should know of it. */
record CheckSlurm(Slurm slurm, SlurmOptions options, Ground ground) {

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(ground.findings());
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
                  "%d with %,d cores and %,d GPUs, the largest with %,d MiB of memory"
                      .formatted(
                          nodes.size(),
                          nodes.stream().mapToInt(Dialect.Node::cores).sum(),
                          nodes.stream().mapToInt(Dialect.Node::gpus).sum(),
                          nodes.stream().mapToLong(Dialect.Node::memoryMiB).max().orElse(0))));
      partition().ifPresent(findings::add);
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
    findings.add(containers());
    findings.add(history());
    return findings;
  }

  private Optional<Finding> partition() throws SiteException {
    String wanted = options.jobs().partition();
    if (wanted == null) {
      return Optional.empty();
    }
    List<String> names = slurm.partitions();
    return Optional.of(
        names.contains(wanted)
            ? Finding.good("partition", "Slurm has %s".formatted(wanted))
            : Finding.problem(
                "partition",
                "Slurm has no partition %s that user %s may see; it has %s"
                    .formatted(wanted, options.user(), String.join(", ", names)),
                "name one of these as jobs.partition"));
  }

  private Finding containers() {
    ContainerTemplate containers = options.containers();
    return containers == null
        ? Finding.note(
            "containers",
            "tools that need one cannot run here",
            "set container to one of %s, if the nodes have it"
                .formatted(String.join(", ", ContainerEngines.NAMES)))
        : Finding.good(
            "containers", "by %s, which every node must have".formatted(containers.name()));
  }

  private Finding history() {
    Path completions = options.history().completions();
    if (completions != null && !Files.isReadable(completions)) {
      return Finding.problem(
          "history",
          "%s cannot be read here".formatted(completions),
          "name the file of jobcomp/filetxt (JobCompLoc of slurm.conf) where this machine sees it");
    }
    return completions != null || options.history().accounting()
        ? Finding.good(
            "history", "jobs that Slurm has forgotten and that left no result are looked up")
        : Finding.note(
            "history",
            "a job that Slurm forgets before it was asked about is known by its result only, and lost if it left none",
            "set completions to the file of jobcomp/filetxt, or accounting to true if slurmrestd can ask slurmdbd");
  }
}
