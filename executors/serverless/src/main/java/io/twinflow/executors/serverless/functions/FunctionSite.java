package io.twinflow.executors.serverless.functions;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.serverless.attempts.Ground;
import io.twinflow.executors.serverless.attempts.ServerlessExecutor;
import io.twinflow.executors.serverless.attempts.SharedFolder;

/** Runs attempts as calls of functions. */
public final class FunctionSite {

  private FunctionSite() {}

  /**
   * @throws java.io.UncheckedIOException if the shared folder cannot be used
   */
  public static Executor open(FunctionOptions options) {
    return open(options, new SharedFolder(options.site(), options.root()));
  }

  /** On another ground than the shared folder of the options. */
  public static Executor open(FunctionOptions options, Ground ground) {
    return new ServerlessExecutor(
        options.site(), ground, new Functions(options, ground), options.limits());
  }
}
