package io.twinflow.executors.testing;

/**
 * What an executor is expected to do. All of them, unless its test opts out; where the lack can be
 * seen, the contract verifies it, so that an opt-out does not outlive its reason.
 */
public enum Feature {
  /** Runs real programs. Only a fake does not. */
  RUNS_COMMANDS,
  /** A tool that writes to an input is stopped from it; otherwise it is found out afterwards. */
  ENFORCES_READ_ONLY_INPUTS,
  /** The environment holds nothing but what was given and Twinflow's marker. */
  EXACT_ENVIRONMENT,
  /** Inputs can be put outside of the attempt's folders. */
  STAGES_ANYWHERE,
  /** A tool can change an input itself, where it lies; else asking for that is the user's error. */
  CHANGES_IN_PLACE,
  /** Tells a signal that ended a tool from an exit code; else it is 128 + signal, as in a shell. */
  KNOWS_SIGNALS,
  /** What waits for room gets it in turn, so that small tasks do not keep a big one waiting. */
  STARTS_IN_TURN,
  /** Tells how much CPU time a tool took. */
  KNOWS_CPU_TIME,
  /** An attempt survives the engine that submitted it and can be re-attached while it runs. */
  OUTLIVES_ENGINE
}
