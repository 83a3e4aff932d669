package io.twinflow.executors.local.container;

import java.io.IOException;

/** Which limits an engine can set here; asked once. */
public record EngineLimits(boolean memory, boolean cpus) {

  public static EngineLimits of(ContainerEngine engine) throws IOException {
    String format =
        engine.isPodman() ? "{{.Host.CgroupControllers}}" : "{{.MemoryLimit}} {{.CPUCfsQuota}}";
    Answer answer = engine.call("info", "--format", format);
    EngineLimits limits =
        engine.isPodman()
            ? new EngineLimits(answer.says("memory"), answer.says("cpu"))
            : new EngineLimits(answer.text().startsWith("true"), answer.text().endsWith("true"));
    if (!limits.memory() || !limits.cpus()) {
      System.getLogger(EngineLimits.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "{0} cannot limit{1}{2} of containers on this machine; they run without",
              engine.name(),
              limits.memory() ? "" : " memory",
              limits.cpus() ? "" : " cpus");
    }
    return limits;
  }
}
