package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Shortage;
import io.twinflow.executors.kubernetes.PodView.Stage;
import io.twinflow.executors.kubernetes.PodView.Why;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the status of a pod (Kubernetes API, core/v1 PodStatus): which of its many words say how an
 * attempt is.
 */
final class PodWords {

  /** A registry's, when asking again will not help. */
  private static final Set<String> HOPELESS =
      Set.of(
          "not found",
          "manifest unknown",
          "does not exist",
          "denied",
          "unauthorized",
          "no basic auth",
          "name unknown",
          "invalid reference");

  private static final Set<String> NEVER_STARTS =
      Set.of("InvalidImageName", "ErrImageNeverPull", "ContainerCannotRun", "StartError");

  /** Pods that a node refused or ended for its own sake. */
  private static final Map<String, FailureKind> ENDED_BY_SITE =
      Map.of("DeadlineExceeded", FailureKind.RESOURCES);

  private static final String OUT_OF_MEMORY = "OOMKilled";
  private static final String TOO_MUCH_MEMORY =
      OUT_OF_MEMORY + ": it used more memory than it asked for";

  /** EX_CONFIG: the image lacks what files are fetched and sent with, and the script said what. */
  private static final int UNFIT = 78;

  private static final String OTHER_IMAGE =
      " (stagingImage: in the site's pods: names the image for that)";

  private PodWords() {}

  static PodView of(Pod pod) {
    PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    PodContainers all = PodContainers.of(status);
    return new PodView(
        Slot.of(pod.getMetadata()),
        orEmpty(pod.getMetadata().getName()),
        pod.getMetadata().getUid(),
        stage(status, all),
        pod.getMetadata().getDeletionTimestamp() != null,
        words(status, all),
        why(status, all),
        started(all.isStaged() ? all.fetch() : all.toolState()),
        orEmpty(pod.getSpec() == null ? null : pod.getSpec().getNodeName()),
        all.tool().map(ContainerStatus::getImageID).map(PodWords::digest).orElse(null));
  }

  private static Stage stage(PodStatus status, PodContainers all) {
    switch (orEmpty(status.getPhase())) {
      case "Succeeded", "Failed" -> {
        return Stage.OVER;
      }
      default -> {}
    }
    ContainerState tool = all.toolState();
    // Its container is started once.
    if (tool.getTerminated() != null) {
      return all.isSending() ? Stage.RUNS : Stage.OVER;
    }
    ContainerState first = all.isStaged() ? all.fetch() : tool;
    // A virtual node may tell of no containers.
    if (all.tool().isEmpty() && "Running".equals(status.getPhase())) {
      return Stage.RUNS;
    }
    return first.getRunning() != null || first.getTerminated() != null ? Stage.RUNS : Stage.WAITS;
  }

  private static String words(PodStatus status, PodContainers all) {
    if (status.getReason() != null) {
      return join(status.getReason(), status.getMessage());
    }
    Optional<String> disrupted = condition(status, "DisruptionTarget", "True");
    if (disrupted.isPresent()) {
      return disrupted.get();
    }
    ContainerStateTerminated ended =
        all.failedHelper().orElseGet(() -> all.toolState().getTerminated());
    if (ended != null) {
      return join(orEmpty(ended.getReason()) + " " + ended.getExitCode(), ended.getMessage());
    }
    // The scheduler's.
    return condition(status, "PodScheduled", "False")
        .or(() ->
            all.states()
                .map(ContainerState::getWaiting)
                .filter(waits -> waits != null && !"PodInitializing".equals(waits.getReason()))
                .map(waits -> join(orEmpty(waits.getReason()), waits.getMessage()))
                .findFirst())
        .orElse("");
  }

  private static Optional<String> condition(PodStatus status, String type, String is) {
    List<PodCondition> conditions = status.getConditions();
    return conditions == null
        ? Optional.empty()
        : conditions.stream()
            .filter(c -> type.equals(c.getType()) && is.equals(c.getStatus()))
            .map(c -> join(orEmpty(c.getReason()), c.getMessage()))
            .findFirst();
  }

  private static @Nullable Why why(PodStatus status, PodContainers all) {
    if ("Failed".equals(status.getPhase()) && status.getReason() != null) {
      return new Why(
          ENDED_BY_SITE.getOrDefault(status.getReason(), FailureKind.INFRASTRUCTURE),
          join(status.getReason(), status.getMessage()));
    }
    Optional<ContainerStateTerminated> helper = all.failedHelper();
    if (helper.isPresent() && helper.get().getExitCode() == UNFIT) {
      return new Why(FailureKind.USER, orEmpty(helper.get().getMessage()).strip() + OTHER_IMAGE);
    }
    ContainerStateTerminated tool = all.toolState().getTerminated();
    if (tool != null && OUT_OF_MEMORY.equals(tool.getReason())) {
      return new Why(FailureKind.RESOURCES, TOO_MUCH_MEMORY, new Shortage.Memory());
    }
    return all.states().map(PodWords::why).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private static @Nullable Why why(ContainerState state) {
    ContainerStateTerminated ended = state.getTerminated();
    if (ended != null) {
      return ended(ended);
    }
    ContainerStateWaiting waits = state.getWaiting();
    return waits == null ? null : never(orEmpty(waits.getReason()), orEmpty(waits.getMessage()));
  }

  private static @Nullable Why ended(ContainerStateTerminated ended) {
    String reason = orEmpty(ended.getReason());
    if (reason.equals(OUT_OF_MEMORY)) {
      // Of what fetches or sends, which no task asks for.
      return new Why(FailureKind.RESOURCES, TOO_MUCH_MEMORY);
    }
    return never(reason, orEmpty(ended.getMessage()));
  }

  private static @Nullable Why never(String reason, String message) {
    boolean pull = reason.equals("ErrImagePull") || reason.equals("ImagePullBackOff");
    String lower = message.toLowerCase(Locale.ROOT);
    return NEVER_STARTS.contains(reason) || (pull && HOPELESS.stream().anyMatch(lower::contains))
        ? new Why(FailureKind.USER, join(reason, message))
        : null;
  }

  private static @Nullable Instant started(ContainerState state) {
    String at =
        state.getRunning() != null
            ? state.getRunning().getStartedAt()
            : state.getTerminated() != null ? state.getTerminated().getStartedAt() : null;
    return at == null ? null : Instant.parse(at);
  }

  /** Without the name of the runtime before it. */
  private static @Nullable String digest(String imageId) {
    return imageId.isEmpty() ? null : imageId.replaceFirst("^[a-z-]+://", "");
  }

  private static String join(String reason, @Nullable String message) {
    return message == null || message.isEmpty() ? reason : reason + ": " + message;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
