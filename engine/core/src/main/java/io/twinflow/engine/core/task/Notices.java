package io.twinflow.engine.core.task;

import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a person should know about requirements that are left to the site. */
final class Notices {

  private Notices() {}

  static List<String> of(Requirements requirements) {
    List<String> notices = new ArrayList<>();
    requirements
        .find(Requirement.Software.class)
        .map(software ->
            "%s: the tool names software that must already be installed: %s"
                .formatted(
                    software.position(),
                    software.packages().stream()
                        .map(Notices::name)
                        .collect(Collectors.joining(", "))))
        .ifPresent(notices::add);
    requirements
        .find(Requirement.Cuda.class)
        .map(cuda ->
            "%s: GPUs are counted, but that they have CUDA %s and compute capability %s is not checked"
                .formatted(
                    cuda.position(),
                    cuda.versionMin(),
                    String.join(" or ", cuda.computeCapability())))
        .ifPresent(notices::add);
    return List.copyOf(notices);
  }

  private static String name(Requirement.SoftwarePackage software) {
    return software.versions().isEmpty()
        ? software.name()
        : software.name() + " " + String.join(" or ", software.versions());
  }
}
