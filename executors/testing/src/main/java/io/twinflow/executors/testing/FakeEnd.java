package io.twinflow.executors.testing;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a fake tool ends, and what it leaves behind.
 *
 * @param files path below the working folder → content; a path that ends in a slash is a folder
 */
public record FakeEnd(Outcome outcome, Map<String, byte[]> files, String stdout, String stderr) {

  public FakeEnd {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  public static FakeEnd success() {
    return exit(0);
  }

  public static FakeEnd exit(int code) {
    return new FakeEnd(new Outcome.Exited(code), Map.of(), "", "");
  }

  public static FakeEnd failure(FailureKind kind, String reason) {
    return new FakeEnd(new Outcome.Failed(kind, reason), Map.of(), "", "");
  }

  public FakeEnd withFile(String path, String text) {
    Map<String, byte[]> more = new LinkedHashMap<>(files);
    more.put(path, text.getBytes(StandardCharsets.UTF_8));
    return new FakeEnd(outcome, more, stdout, stderr);
  }

  public FakeEnd withStdout(String text) {
    return new FakeEnd(outcome, files, text, stderr);
  }

  public FakeEnd withStderr(String text) {
    return new FakeEnd(outcome, files, stdout, text);
  }
}
