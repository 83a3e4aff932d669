package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** How large the nodes are that pods of this site may get, asked once they are told. */
final class Cluster {

  /** Who may not see nodes is refused nothing here; the scheduler will say. */
  private static final Size UNKNOWN =
      new Size(1_000_000, 1_000_000, 1L << 40, Long.MAX_VALUE, 1_000_000);

  /** A resource of nodes and of containers, in bytes. */
  static final String DISK = "ephemeral-storage";

  private static final Duration BETWEEN_QUESTIONS = Duration.ofMinutes(1);

  private final Api api;
  private final KubernetesOptions options;
  private final PodFiles files;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile @Nullable Size known;
  private final Clock clock;
  private Instant askAgain = Instant.MIN;

  Cluster(Api api, KubernetesOptions options, PodFiles files, Clock clock) {
    this.api = api;
    this.clock = clock;
    this.options = options;
    this.files = files;
  }

  /**
   * @param cores of all nodes
   * @param coresOfNode of the largest node
   * @param memoryMiB of the largest node
   * @param diskMiB what the largest node's disk has for its pods
   * @param gpus of all nodes
   */
  record Size(double cores, double coresOfNode, long memoryMiB, long diskMiB, int gpus) {

    /**
     * @param disk mebibytes that the pod needs on its node's disk
     * @throws AttemptFailure if it is more than any node has
     */
    void check(ResourceRequest request, long disk) throws AttemptFailure {
      List<String> asked = new ArrayList<>();
      if (request.cores() > coresOfNode) {
        asked.add(
            "%s cores (there are %s in the largest node)"
                .formatted(plain(request.cores()), plain(coresOfNode)));
      }
      if (request.memoryMiB() > memoryMiB) {
        asked.add(
            "%d MiB of memory (there are %d in the largest node)"
                .formatted(request.memoryMiB(), memoryMiB));
      }
      if (disk > diskMiB) {
        asked.add("%d MiB of disk (there are %d in the largest node)".formatted(disk, diskMiB));
      }
      if (request.gpus() > gpus) {
        asked.add("%d GPUs (there are %d)".formatted(request.gpus(), gpus));
      }
      if (!asked.isEmpty()) {
        throw new AttemptFailure(
            FailureKind.RESOURCES, "asks for " + String.join(", and for ", asked));
      }
    }

    private static String plain(double cores) {
      return BigDecimal.valueOf(cores).stripTrailingZeros().toPlainString();
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

  /** Asks if nobody has answered yet, but not each time. */
  synchronized Size size() {
    return known == null ? anew() : known;
  }

  /** What it was lately, or is now. */
  private synchronized Size anew() {
    Instant now = clock.instant();
    if (now.isAfter(askAgain)) {
      askAgain = now.plus(BETWEEN_QUESTIONS);
      try {
        known = size(api.nodes());
      } catch (SiteException e) {
        System.getLogger(Cluster.class.getName())
            .log(Level.DEBUG, "the cluster''s size is not known: {0}", e.getMessage());
      }
    }
    Size size = known;
    return size == null ? UNKNOWN : size;
  }

  /**
   * A cluster may have grown: it is asked once more before anything is refused.
   *
   * @throws AttemptFailure if no node can hold it
   */
  void check(TaskSpec task) throws AttemptFailure {
    Size size = size();
    long disk = files.diskMiB(task);
    try {
      size.check(task.resources(), disk);
    } catch (AttemptFailure e) {
      Size now = anew();
      if (now.equals(size)) {
        throw e;
      }
      now.check(task.resources(), disk);
    }
  }

  private Size size(List<Node> nodes) {
    Map<String, String> wanted = new HashMap<>(files.nodes());
    wanted.putAll(options.pods().nodeSelector());
    List<Node> ours =
        nodes.stream()
            .filter(node -> labels(node).entrySet().containsAll(wanted.entrySet()))
            .filter(this::takesPods)
            // One that has just joined may not have said yet how large it is.
            .filter(node -> amount(node, "cpu").signum() > 0)
            .toList();
    // A cluster that grows on demand may have none now.
    if (ours.isEmpty()) {
      return UNKNOWN;
    }
    return new Size(
        ours.stream().mapToDouble(this::cores).sum(),
        ours.stream().mapToDouble(this::cores).max().orElse(0),
        ours.stream().mapToLong(node -> mebibytes(node, "memory")).max().orElse(0)
            - files.beside().memoryMiB(),
        ours.stream().mapToLong(Cluster::disk).max().orElse(0),
        ours.stream().mapToInt(node -> amount(node, options.pods().gpu()).intValue()).sum());
  }

  private boolean takesPods(Node node) {
    List<Taint> taints = node.getSpec() == null ? List.of() : node.getSpec().getTaints();
    return taints == null || taints.stream().allMatch(this::bears);
  }

  private boolean bears(Taint taint) {
    String key = String.valueOf(taint.getKey());
    // Those of Kubernetes itself come and go.
    return "PreferNoSchedule".equals(taint.getEffect())
        || key.startsWith("node.kubernetes.io/")
        || files.bears().contains(key)
        || options.pods().tolerations().stream()
            .anyMatch(t ->
                (t.key() == null || t.key().equals(key))
                    && (t.value() == null || t.value().equals(taint.getValue())));
  }

  private double cores(Node node) {
    return Math.max(0, amount(node, "cpu").doubleValue() - files.beside().cores());
  }

  /** Not all nodes tell it, as virtual ones: these are not small for that. */
  private static long disk(Node node) {
    return amount(node, DISK).signum() == 0 ? Long.MAX_VALUE : mebibytes(node, DISK);
  }

  private static long mebibytes(Node node, String resource) {
    return amount(node, resource)
        .divide(BigDecimal.valueOf(1 << 20), RoundingMode.FLOOR)
        .longValue();
  }

  private static Map<String, String> labels(Node node) {
    Map<String, String> labels = node.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  private static BigDecimal amount(Node node, String resource) {
    Map<String, Quantity> all = node.getStatus() == null ? null : node.getStatus().getAllocatable();
    Quantity amount = all == null ? null : all.get(resource);
    return amount == null ? BigDecimal.ZERO : amount.getNumericalAmount();
  }
}
