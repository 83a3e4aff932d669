package io.twinflow.executors.slurm;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.bundle.AttemptFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** How large the cluster is, asked once it answers. */
final class Cluster {

  /** As long as nobody has answered: nothing is refused here, Slurm will say. */
  private static final Size UNKNOWN =
      new Size(1_000_000, 1L << 40, 1_000_000, 1_000_000, 1_000_000);

  private final Slurm slurm;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile @Nullable Size known;

  Cluster(Slurm slurm) {
    this.slurm = slurm;
  }

  /**
   * @param cores of all nodes
   * @param memoryMiB of the largest node
   * @param coresOfNode of the largest node
   * @param gpus of all nodes
   * @param gpusOfNode of the node that has most
   */
  record Size(int cores, long memoryMiB, int coresOfNode, int gpus, int gpusOfNode) {

    void check(ResourceRequest request) throws AttemptFailure {
      List<String> asked = new ArrayList<>();
      int most = request.processes() > 1 ? cores : coresOfNode;
      if (request.cores() > most) {
        asked.add(
            "%s cores (there are %d%s)"
                .formatted(
                    plain(request.cores()),
                    most,
                    request.processes() > 1 ? "" : " in the largest node"));
      }
      if (request.memoryMiB() > memoryMiB) {
        asked.add(
            "%d MiB of memory (there are %d in the largest node)"
                .formatted(request.memoryMiB(), memoryMiB));
      }
      if (request.gpus() > gpusOfNode) {
        asked.add(
            "%d GPUs (there are %d in the node that has most)"
                .formatted(request.gpus(), gpusOfNode));
      }
      if (!asked.isEmpty()) {
        throw new AttemptFailure(
            FailureKind.RESOURCES, "asks for " + String.join(", and for ", asked));
      }
    }

    private static String plain(double cores) {
      return cores == Math.rint(cores) ? Long.toString((long) cores) : Double.toString(cores);
    }
  }

  /** What is known by now; asks in the background, so that nobody who looks has to wait. */
  Size sizeByNow() {
    Size size = known;
    if (size == null && asking.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .name("size-of-cluster")
          .start(() -> {
            try {
              size();
            } finally {
              asking.set(false);
            }
          });
    }
    return size == null ? UNKNOWN : size;
  }

  synchronized Size size() {
    Size size = known;
    if (size == null) {
      try {
        size = size(slurm.nodes());
        known = size;
      } catch (SiteException e) {
        System.getLogger(Cluster.class.getName())
            .log(
                System.Logger.Level.DEBUG,
                "the size of the cluster is not known yet: {0}",
                e.getMessage());
        size = UNKNOWN;
      }
    }
    return size;
  }

  private static Size size(List<Dialect.Node> nodes) {
    return new Size(
        nodes.stream().mapToInt(Dialect.Node::cores).sum(),
        nodes.stream().mapToLong(Dialect.Node::memoryMiB).max().orElse(0),
        nodes.stream().mapToInt(Dialect.Node::cores).max().orElse(0),
        nodes.stream().mapToInt(Dialect.Node::gpus).sum(),
        nodes.stream().mapToInt(Dialect.Node::gpus).max().orElse(0));
  }
}
