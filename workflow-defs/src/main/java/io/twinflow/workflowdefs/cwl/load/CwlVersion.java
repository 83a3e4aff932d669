package io.twinflow.workflowdefs.cwl.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The versions of CWL that are read; a later one has all features of an earlier one. */
enum CwlVersion {
  V1_0,
  V1_1,
  V1_2;

  static final List<String> NAMES = List.of("v1.0", "v1.1", "v1.2");

  /** Null for a version that is not read. */
  static @Nullable CwlVersion of(String text) {
    String name = text.substring(text.lastIndexOf('#') + 1);
    if (name.startsWith("cwl:")) {
      name = name.substring(4);
    }
    if (name.equals("v1.0")) {
      return V1_0;
    }
    if (name.equals("v1.1") || name.startsWith("v1.1.0-dev")) {
      return V1_1;
    }
    if (name.equals("v1.2") || name.startsWith("v1.2.0-dev")) {
      return V1_2;
    }
    return null;
  }
}
