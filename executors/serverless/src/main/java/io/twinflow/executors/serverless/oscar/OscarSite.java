package io.twinflow.executors.serverless.oscar;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.serverless.folder.ServerlessExecutor;
import io.twinflow.executors.serverless.folder.SiteFolder;

/** Runs attempts as jobs of OSCAR's services. */
public final class OscarSite {

  private OscarSite() {}

  /**
   * @throws java.io.UncheckedIOException if the shared folder cannot be used
   */
  public static Executor open(OscarOptions options) {
    SiteFolder folder = new SiteFolder(options.site(), options.root());
    return new ServerlessExecutor(
        options.site(), folder, new Oscar(options, folder), options.limits());
  }
}
