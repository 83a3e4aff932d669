package io.twinflow.engine.core.site;

import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.FilesIn;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of the files among inputs lie in certain places.
 *
 * @param places prefixes of locations: folders and addresses; none means that nothing is known
 */
record NearBytes(List<String> places) {

  /**
   * The bytes of the files that lie there; a folder counts as one byte, as nobody has added it up.
   */
  long of(Value inputs) {
    long[] bytes = {0};
    if (!places.isEmpty()) {
      FilesIn.forEach(
          inputs,
          found -> {
            if (found instanceof FileValue file && isNear(file.location())) {
              Long size = file.size();
              bytes[0] += size == null ? 1 : Math.max(1, size);
            } else if (found instanceof DirectoryValue folder && isNear(folder.location())) {
              bytes[0]++;
            }
          });
    }
    return bytes[0];
  }

  /** The first location that lies elsewhere, if it is known what lies there. */
  Optional<String> outside(Value inputs) {
    List<String> outside = new ArrayList<>();
    if (!places.isEmpty()) {
      FilesIn.forEach(
          inputs,
          found -> {
            String location =
                found instanceof FileValue file
                    ? file.location()
                    : found instanceof DirectoryValue folder ? folder.location() : null;
            if (location != null && !isNear(location)) {
              outside.add(location);
            }
          });
    }
    return outside.stream().findFirst();
  }

  private boolean isNear(@Nullable String location) {
    if (location == null) {
      return false;
    }
    String plain =
        location.startsWith("file:///") ? location.substring("file://".length()) : location;
    return places.stream().anyMatch(place -> plain.equals(place) || plain.startsWith(place + "/"));
  }
}
