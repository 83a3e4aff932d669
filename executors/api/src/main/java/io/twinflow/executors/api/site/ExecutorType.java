package io.twinflow.executors.api.site;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;

/**
 * A kind of compute that a site of the configuration can be of. Modules offer theirs to {@link
 * java.util.ServiceLoader}.
 */
public interface ExecutorType {

  /** The word in the configuration, as in {@code type: slurm}. */
  String name();

  /**
   * Makes the executor of a site. Asks nobody: a site that does not answer is no reason to fail.
   *
   * @param settings without {@code type} and what all sites have in common; the caller calls {@link
   *     Settings#end}
   */
  Executor open(Settings settings, Surroundings surroundings) throws InvalidSettingException;
}
