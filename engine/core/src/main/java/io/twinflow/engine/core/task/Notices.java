package io.twinflow.engine.core.task;

import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import java.util.List;
import java.util.stream.Collectors;

/** What a person should know about requirements that are left to the site. */
final class Notices {

  private Notices() {}

  static List<String> of(Requirements requirements) {
    return requirements
        .find(Requirement.Software.class)
        .map(software ->
            List.of(
                "%s: the tool names software that must already be installed: %s"
                    .formatted(
                        software.position(),
                        software.packages().stream()
                            .map(Notices::name)
                            .collect(Collectors.joining(", ")))))
        .orElse(List.of());
  }

  private static String name(Requirement.SoftwarePackage software) {
    return software.versions().isEmpty()
        ? software.name()
        : software.name() + " " + String.join(" or ", software.versions());
  }
}
