package io.twinflow.engine.cli;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The test data beside the repository. */
public final class SharedData {

  private SharedData() {}

  /** A folder of it; without it the test is skipped, or fails where nothing may be skipped. */
  public static Path required(String folder) {
    Path root = root();
    Path wanted = root.resolve(folder);
    if (Files.isDirectory(wanted)) {
      return wanted.toAbsolutePath().normalize();
    }
    String missing = "there is no " + wanted + "; set TWINFLOW_SHARED to where the test data is";
    if ("true".equals(System.getenv("CI"))) {
      fail(missing + " (CI=true: nothing may be skipped)");
    }
    Assumptions.abort(missing);
    return wanted;
  }

  private static Path root() {
    String given = System.getenv("TWINFLOW_SHARED");
    if (given != null && !given.isEmpty()) {
      return Path.of(given);
    }
    // Tests run in engine/cli.
    return Path.of("../../../shared");
  }
}
