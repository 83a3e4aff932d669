package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The containers of a pod as its status names them: one with the tool, and where files come and go
 * by URLs those of {@link StagedPods} beside it.
 */
record PodContainers(List<ContainerStatus> before, List<ContainerStatus> beside) {

  private static final ContainerState UNKNOWN = new ContainerState();

  static PodContainers of(PodStatus status) {
    return new PodContainers(
        orEmpty(status.getInitContainerStatuses()), orEmpty(status.getContainerStatuses()));
  }

  private static List<ContainerStatus> orEmpty(@Nullable List<ContainerStatus> all) {
    return all == null ? List.of() : all;
  }

  private static Optional<ContainerStatus> named(List<ContainerStatus> all, String name) {
    return all.stream().filter(one -> name.equals(one.getName())).findFirst();
  }

  /** The tool's; a pod of one container has no other. */
  Optional<ContainerStatus> tool() {
    return named(beside, ToolContainer.NAME).or(() -> beside.stream().findFirst());
  }

  private static ContainerState state(Optional<ContainerStatus> one) {
    return one.map(ContainerStatus::getState).orElse(UNKNOWN);
  }

  ContainerState toolState() {
    return state(tool());
  }

  boolean isStaged() {
    return !before.isEmpty();
  }

  /** What gets the inputs; there is none where these are in a folder. */
  ContainerState fetch() {
    return state(named(before, StagedPods.FETCH));
  }

  ContainerState send() {
    return state(named(beside, StagedPods.SEND));
  }

  /** The containers that speak for the pod, those that come first before others. */
  Stream<ContainerState> states() {
    return Stream.of(state(named(before, StagedPods.IMAGE)), fetch(), toolState(), send());
  }

  /** Of those beside the tool, the first that did not end well. */
  Optional<ContainerStateTerminated> failedHelper() {
    return Stream.of(state(named(before, StagedPods.IMAGE)), fetch(), send())
        .map(ContainerState::getTerminated)
        .filter(ended -> ended != null && ended.getExitCode() != 0)
        .findFirst();
  }

  /** All that the tool had to say lies in the folder, and is being sent. */
  boolean isSending() {
    ContainerStateTerminated ended = toolState().getTerminated();
    return ended != null
        && ended.getMessage() != null
        && ended.getMessage().strip().equals(StagedPods.ENDED)
        && send().getTerminated() == null;
  }
}
