package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.core.event.Event.RunOptions.ContainerUse;
import io.twinflow.executors.local.ContainerChoice;
import io.twinflow.executors.local.LocalOptions;
import io.twinflow.executors.local.Sandbox;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How this machine is used. */
final class SiteOptions {

  private static final Pattern MEMORY = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([KMGT]?)(?:i?B)?");

  @Option(
      names = "--container",
      paramLabel = "ENGINE",
      defaultValue = "auto",
      description =
          "What runs containers: auto, docker, podman or none (default: ${DEFAULT-VALUE}).")
  private ContainerChoice container = ContainerChoice.AUTO;

  @Option(names = "--no-container", description = "The same as --container none.")
  private boolean noContainer;

  @Option(names = "--podman", hidden = true)
  private boolean podman;

  @Option(
      names = "--sandbox",
      description = "Run tools that have no container in bubblewrap, which must be installed.")
  private boolean sandbox;

  @Option(
      names = "--cores",
      paramLabel = "N",
      description = "The most cores that may be reserved at one time (default: all).")
  private @Nullable Double cores;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "The most memory that may be reserved at one time, as in 8G (default: all).")
  private @Nullable String memory;

  @Option(
      names = "--tmpdir-prefix",
      paramLabel = "PREFIX",
      description = "Temporary folders of tools begin with this path.")
  private @Nullable String tmpdirPrefix;

  @Option(
      names = {"--tmp-outdir-prefix", "--cachedir"},
      paramLabel = "PREFIX",
      hidden = true,
      description = "Accepted and not needed: working folders lie in the run's folder.")
  private @Nullable String tmpOutdirPrefix;

  @Mixin private ConfigOption config = new ConfigOption();

  ConfigOption config() {
    return config;
  }

  ContainerUse containerUse() {
    return noContainer || container == ContainerChoice.NONE ? ContainerUse.NONE : ContainerUse.AUTO;
  }

  LocalOptions local(Path root, Path cwd) throws CliException {
    LocalOptions options = LocalOptions.in(root);
    if (noContainer) {
      options = options.withContainers(ContainerChoice.NONE);
    } else {
      options = options.withContainers(podman ? ContainerChoice.PODMAN : container);
    }
    options = options.withSandbox(sandbox ? Sandbox.BWRAP : Sandbox.NONE);
    if (cores != null) {
      if (cores <= 0) {
        throw CliException.usage("--cores " + cores + ": expected a number above 0");
      }
      options = options.withCores(cores);
    }
    if (memory != null) {
      options = options.withMemoryMiB(mebibytes(memory));
    }
    if (tmpdirPrefix != null) {
      options = options.withTmpdirPrefix(cwd.resolve(tmpdirPrefix) + slash(tmpdirPrefix));
    }
    return options;
  }

  private static String slash(String prefix) {
    return prefix.endsWith("/") ? "/" : "";
  }

  /** Bytes with a unit; a number without one is mebibytes. */
  static long mebibytes(String text) throws CliException {
    Matcher matcher = MEMORY.matcher(text.toUpperCase(Locale.ROOT).replace("IB", "B"));
    if (!matcher.matches()) {
      throw CliException.usage("--memory " + text + ": expected a size such as 8G or 512M");
    }
    double factor =
        switch (matcher.group(2)) {
          case "K" -> 1 / 1024.0;
          case "G" -> 1024;
          case "T" -> 1024 * 1024;
          default -> 1;
        };
    return Math.round(Double.parseDouble(matcher.group(1)) * factor);
  }
}
