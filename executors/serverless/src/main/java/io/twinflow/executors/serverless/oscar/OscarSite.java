package io.twinflow.executors.serverless.oscar;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.serverless.attempts.Ground;
import io.twinflow.executors.serverless.attempts.ServerlessExecutor;
import io.twinflow.executors.serverless.attempts.SharedFolder;
import java.nio.file.Path;

/** Runs attempts as jobs of OSCAR's services. */
public final class OscarSite {

  private OscarSite() {}

  /**
   * @throws java.io.UncheckedIOException if the shared folder cannot be used
   */
  public static Executor open(OscarOptions options) {
    SharedFolder folder = new SharedFolder(options.site(), options.root());
    Uses uses = new Uses(folder.root().resolve("services"));
    return new ServerlessExecutor(
        options.site(), folder, new Oscar(options, folder, uses), options.limits());
  }

  /**
   * On another ground than the shared folder of the options.
   *
   * @param uses a folder of the engines that use the same services, for their notes
   */
  public static Executor open(OscarOptions options, Ground ground, Path uses) {
    return new ServerlessExecutor(
        options.site(), ground, new Oscar(options, ground, new Uses(uses)), options.limits());
  }
}
