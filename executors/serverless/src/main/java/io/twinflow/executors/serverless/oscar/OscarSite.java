package io.twinflow.executors.serverless.oscar;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.serverless.attempts.Ground;
import io.twinflow.executors.serverless.attempts.ServerlessExecutor;
import io.twinflow.executors.serverless.attempts.SharedFolder;

/** Runs attempts as jobs of OSCAR's services. */
public final class OscarSite {

  private OscarSite() {}

  /**
   * @throws java.io.UncheckedIOException if the shared folder cannot be used
   */
  public static Executor open(OscarOptions options) {
    SharedFolder folder = new SharedFolder(options.site(), options.root());
    return open(options, folder, FolderUses.in(folder.root()));
  }

  /** On another ground than the shared folder of the options. */
  public static Executor open(OscarOptions options, Ground ground, Uses uses) {
    return new ServerlessExecutor(
        options.site(), ground, new Oscar(options, ground, uses), options.limits());
  }
}
