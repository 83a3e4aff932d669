package io.twinflow.executors.kubernetes;

import io.twinflow.executors.kubernetes.PodView.Stage;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was told of the pods of one attempt; there is more than one if the first was lost. */
final class Pods {

  private final Map<String, PodView> pods = new LinkedHashMap<>();
  private @Nullable PodView gone;

  void seen(PodView pod) {
    pods.put(pod.uid(), pod);
  }

  void gone(PodView pod) {
    pods.remove(pod.uid());
    gone = pod;
  }

  boolean isEmpty() {
    return pods.isEmpty();
  }

  /** Whether there is one now, or was. */
  boolean wereSeen() {
    return !pods.isEmpty() || gone != null;
  }

  /** A pod that runs or may yet run; who runs comes first. */
  Optional<PodView> lives() {
    return living().stream().max((a, b) -> a.stage().compareTo(b.stage()));
  }

  private Collection<PodView> living() {
    boolean began = hasBegun();
    return pods.values().stream()
        .filter(pod -> pod.stage() == Stage.RUNS || (pod.stage() == Stage.WAITS && !began))
        .toList();
  }

  /** One that is made after another has begun will find the attempt claimed: it waits in vain. */
  private boolean hasBegun() {
    PodView before = gone;
    return (before != null && before.started() != null)
        || pods.values().stream()
            .anyMatch(pod -> pod.stage() == Stage.OVER && pod.started() != null);
  }

  /** Whether the one that lives was deleted. */
  boolean isLeaving() {
    return lives().map(PodView::leaving).orElse(false);
  }

  /** The names of those that live and that nobody has deleted. */
  List<String> staying() {
    return pods.values().stream()
        .filter(pod -> pod.stage() != Stage.OVER && !pod.leaving())
        .map(PodView::name)
        .toList();
  }

  /** The pod that says most about its end: a second one ends at once, and knows nothing. */
  @Nullable PodView last() {
    for (PodView pod : pods.values()) {
      if (pod.why() != null) {
        return pod;
      }
    }
    return gone != null ? gone : pods.values().stream().findFirst().orElse(null);
  }
}
