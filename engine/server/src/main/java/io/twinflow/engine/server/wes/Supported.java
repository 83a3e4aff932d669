package io.twinflow.engine.server.wes;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** What can be asked of this service, and the refusal of anything else. */
final class Supported {

  static final String TYPE = "CWL";
  static final List<String> TYPE_VERSIONS = List.of("v1.0", "v1.1", "v1.2");
  static final String ENGINE = "twinflow";

  private Supported() {}

  static String engineVersion() {
    String version = Supported.class.getPackage().getImplementationVersion();
    return version == null ? "unbuilt" : version;
  }

  static void check(
      String type, String typeVersion, @Nullable String engine, @Nullable String engineVersion) {
    if (!type.equals(TYPE)) {
      throw refused("workflow_type", TYPE, type);
    }
    if (!TYPE_VERSIONS.contains(typeVersion)) {
      throw refused("workflow_type_version", "one of " + TYPE_VERSIONS, typeVersion);
    }
    if (engine == null && engineVersion != null) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST,
          "workflow_engine_version needs workflow_engine beside it; here it is " + ENGINE);
    }
    if (engine != null && !engine.equals(ENGINE)) {
      throw refused("workflow_engine", ENGINE, engine);
    }
    if (engineVersion != null && !engineVersion.equals(engineVersion())) {
      throw refused("workflow_engine_version", engineVersion(), engineVersion);
    }
  }

  private static ResponseStatusException refused(String field, String expected, String found) {
    return new ResponseStatusException(
        HttpStatus.BAD_REQUEST,
        "%s: this service supports %s, found %s".formatted(field, expected, found));
  }
}
