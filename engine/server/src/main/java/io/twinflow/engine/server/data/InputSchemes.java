package io.twinflow.engine.server.data;

import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.stores.s3.S3Sites;
import java.util.ArrayList;
import java.util.List;

/**
 * What the locations of inputs may begin with here, beside what is uploaded.
 *
 * @param names without {@code ://}
 */
public record InputSchemes(List<String> names) {
  public InputSchemes {
    names = List.copyOf(names);
  }

  static InputSchemes of(ServerSettings settings, S3Sites sites) {
    List<String> names = new ArrayList<>(List.of("http", "https"));
    if (!settings.trust().roots().isEmpty()) {
      names.add("file");
    }
    if (!sites.rules().isEmpty()) {
      names.add("s3");
    }
    return new InputSchemes(names);
  }
}
