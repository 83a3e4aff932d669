package io.twinflow.engine.core.site;

import io.twinflow.engine.core.event.Event.RunOptions.ContainerUse;
import io.twinflow.executors.api.Capabilities;
import io.twinflow.workflowdefs.cwl.Requirement;
import java.math.BigDecimal;
import java.util.Optional;

/** Why a site cannot run an attempt, in words for people; empty if it can. */
record WhyNotThere(SiteAsk ask, ContainerUse containers) {

  Optional<String> of(Site site) {
    Capabilities has = site.executor().capabilities();
    if (ask.resources().cores() > has.cores()) {
      return lacks(site, plain(has.cores()), plain(ask.resources().cores()), "cores");
    }
    if (ask.resources().memoryMiB() > has.memoryMiB()) {
      return lacks(site, has.memoryMiB(), ask.resources().memoryMiB(), "MiB of memory");
    }
    if (ask.resources().gpus() > has.gpus()) {
      return lacks(site, has.gpus(), ask.resources().gpus(), "GPUs");
    }
    if (has.containerEngine().isEmpty()
        && containers == ContainerUse.AUTO
        && ask.requirements().requires(Requirement.Docker.class)) {
      return Optional.of(site.name() + " runs no containers");
    }
    if (site.terms().containersOnly()
        && (has.containerEngine().isEmpty()
            || containers != ContainerUse.AUTO
            || ask.requirements().find(Requirement.Docker.class).isEmpty())) {
      return Optional.of(
          site.name()
              + " takes only tools in containers from this server, unless its administrator says allowUnsandboxed: true");
    }
    return new NearBytes(site.terms().reaches())
        .outside(ask.inputs())
        .map(location -> "%s does not reach %s".formatted(site.name(), location));
  }

  private static Optional<String> lacks(Site site, Object has, Object asked, String what) {
    return Optional.of("%s has %s of the %s %s".formatted(site.name(), has, asked, what));
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
