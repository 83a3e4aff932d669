package io.twinflow.executors.serverless.functions;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.serverless.folder.ServerlessExecutor;
import io.twinflow.executors.serverless.folder.SiteFolder;

/** Runs attempts as calls of functions. */
public final class FunctionSite {

  private FunctionSite() {}

  /**
   * @throws java.io.UncheckedIOException if the shared folder cannot be used
   */
  public static Executor open(FunctionOptions options) {
    SiteFolder folder = new SiteFolder(options.site(), options.root());
    return new ServerlessExecutor(
        options.site(), folder, new Functions(options, folder.scripts()), options.limits());
  }
}
