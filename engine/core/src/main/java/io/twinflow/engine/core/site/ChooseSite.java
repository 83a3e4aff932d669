package io.twinflow.engine.core.site;

import io.twinflow.engine.core.FailureException;
import io.twinflow.executors.api.Executor;
import java.util.List;

/** Chooses the site of an attempt, once it is known what it asks for. */
@FunctionalInterface
public interface ChooseSite {

  /**
   * @throws FailureException of kind USER if a site is named that there is not, of kind RESOURCES
   *     if no site can run it
   */
  Chosen of(SiteAsk ask) throws FailureException;

  /**
   * @param reason for people; empty if there was no choice
   * @param others sites that could run it too, and where it has not yet had no luck
   */
  record Chosen(Executor executor, String reason, List<String> others) {
    public Chosen {
      others = List.copyOf(others);
    }
  }

  /** There is no choice. */
  static ChooseSite always(Executor executor) {
    return _ -> new Chosen(executor, "", List.of());
  }
}
