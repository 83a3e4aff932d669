package io.twinflow.executors.serverless.functions;

/** When functions answer calls, and with what. */
public enum Answering {
  /** When the attempt's command has ended, which leaves the result. */
  WHEN_OVER,
  /** When it has started. */
  AT_ONCE,
  /** At once, and later with the outputs: the function is the tool, and runs no command. */
  WITH_VALUES
}
