package io.twinflow.executors.bundle;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A site's shared folder is not here, and neither is the folder above it. Who made both would write
 * onto this machine's own disk what the site looks for on a share.
 */
final class NotMounted extends IOException {

  private static final long serialVersionUID = 1L;

  private final String found;
  private final String mend;

  NotMounted(Path folder, Path above) {
    this(
        "%s cannot be used: %s, where it belongs, does not exist here; is the share mounted?"
            .formatted(folder, above),
        "mount the share, or make %s here if it is the right place".formatted(above));
  }

  private NotMounted(String found, String mend) {
    super("the shared folder %s To mend it: %s".formatted(found, mend));
    this.found = found;
    this.mend = mend;
  }

  String found() {
    return found;
  }

  String mend() {
    return mend;
  }
}
