package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Layout;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where attempts have their folders, on this machine and as their tools see them. */
record AttemptPaths(Path root, @Nullable String tmpdirPrefix) {

  static final Layout IN_CONTAINER =
      new Layout("/var/spool/twinflow", "/tmp", "/var/lib/twinflow/inputs");

  AttemptFolder folder(AttemptKey key) {
    return AttemptFolder.of(root, key);
  }

  Path tmp(AttemptKey key) {
    return tmpdirPrefix == null ? folder(key).tmp() : Path.of(tmpdirPrefix + key.value());
  }

  Layout layout(AttemptKey key, boolean inContainer) {
    AttemptFolder folder = folder(key);
    return inContainer
        ? IN_CONTAINER
        : new Layout(folder.out().toString(), tmp(key).toString(), folder.in().toString());
  }
}
