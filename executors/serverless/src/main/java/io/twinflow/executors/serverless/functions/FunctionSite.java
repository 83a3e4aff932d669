package io.twinflow.executors.serverless.functions;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.serverless.attempts.Ground;
import io.twinflow.executors.serverless.attempts.ServerlessExecutor;
import io.twinflow.executors.serverless.attempts.SharedFolder;
import java.util.Optional;

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
    return open(options, ground, Optional.empty());
  }

  /**
   * @param exchange where functions that answer at once may tell of attempts
   */
  public static Executor open(FunctionOptions options, Ground ground, Optional<Exchange> exchange) {
    Optional<Callback> callback =
        options.answering() == Answering.WHEN_OVER
            ? Optional.empty()
            : exchange.map(there -> new Callback(there, options.site()));
    ServerlessExecutor executor =
        new ServerlessExecutor(
            options.site(), ground, new Functions(options, ground, callback), options.limits());
    callback.ifPresent(
        c -> c.open(new CallbackDesk(options.answering(), c.tokens(), ground, executor::look)));
    return executor;
  }
}
