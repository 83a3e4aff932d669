package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.display.Table;
import io.twinflow.engine.cli.display.Words;
import io.twinflow.engine.core.site.ConfiguredSites;
import io.twinflow.engine.core.site.OpenSites;
import io.twinflow.engine.core.site.SiteTerms;
import io.twinflow.engine.core.site.SitesFile;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.local.LocalOptions;
import io.twinflow.workflowdefs.source.NearestName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells where tasks can go, and looks whether they really can. */
@Command(
    name = "sites",
    mixinStandardHelpOptions = true,
    description = "Tells where tasks can go, and looks at a site for its administrator.",
    footer = {
      "",
      "Sites beside this machine stand in twinflow.yaml:",
      "  sites:",
      "    hpc:",
      "      type: slurm",
      "      rest: http://login1:6820",
      "      user: alice",
      "      token: {command: [scontrol, token]}",
      "      folder: /shared/twinflow",
      "",
      "Examples:",
      "  twinflow sites",
      "  twinflow sites check          all of them",
      "  twinflow sites check hpc      one; exits with 1 if no step could run there"
    })
final class SitesCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private HomeOption home = new HomeOption();
  @Mixin private ConfigOption config = new ConfigOption();

  SitesCommand(Context context) {
    this.context = context;
  }

  private interface Look {
    int at(ConfiguredSites sites) throws CliException;
  }

  private int open(HomeOption where, ConfigOption written, Look look) throws CliException {
    Path folder = where.writable(context.invocation());
    SitesFile configuration = written.read(context.invocation(), folder);
    try (OpenedSites opened =
        OpenedSites.of(folder, LocalOptions.in(folder.resolve("runs")), configuration)) {
      return look.at(opened.sites());
    }
  }

  @Override
  public Integer call() throws CliException {
    return open(home, config, this::list);
  }

  private int list(ConfiguredSites sites) {
    Table table = new Table("llrlll", "site", "use", "at once", "queue timeout", "cost", "reaches");
    for (ConfiguredSites.Entry site : sites.entries()) {
      SiteTerms terms = site.terms();
      table.add(
          site.name(),
          terms.onlyAsked() ? "when named" : "any task",
          terms.atOnce() == Integer.MAX_VALUE ? "" : String.valueOf(terms.atOnce()),
          terms.queueTimeout().map(Words::duration).orElse(""),
          terms.cost() == 0 ? "" : String.valueOf(terms.cost()),
          String.join(" ", terms.reaches()));
    }
    table.lines().forEach(context::print);
    Path file = config.file(context.invocation(), home.path(context.invocation()));
    if (sites.entries().size() == 1 && !Files.exists(file)) {
      context.say(
          "There is only this machine. Others are written into "
              + file
              + "; see: twinflow sites --help");
    } else if (sites.entries().size() > 1) {
      context.say(
          "Tasks for which nobody names a site go to the "
              + sites.policy().name().toLowerCase(Locale.ROOT)
              + " one that can run them.");
    }
    return ExitCode.SUCCESS;
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Looks at sites: what answers, what is allowed, what is missing and how to mend it.")
  int check(
      @Mixin HomeOption where,
      @Mixin ConfigOption written,
      @Parameters(
              index = "0",
              arity = "0..1",
              paramLabel = "SITE",
              description = "All without one.")
          @Nullable String name)
      throws CliException {
    return open(where, written, sites -> check(sites, name));
  }

  private int check(ConfiguredSites sites, @Nullable String name) throws CliException {
    List<String> known = sites.entries().stream().map(ConfiguredSites.Entry::name).toList();
    if (name != null && !known.contains(name)) {
      throw CliException.usage(
          "%s: there is no site of this name; expected one of %s.%s"
              .formatted(name, String.join(", ", known), NearestName.hint(name, known)));
    }
    List<Finding> all = new ArrayList<>();
    for (ConfiguredSites.Entry site : sites.entries()) {
      if (name == null || name.equals(site.name())) {
        context.print(site.name() + (site.name().equals(OpenSites.LOCAL) ? " (this machine)" : ""));
        List<Finding> findings = site.executor().check();
        findings.forEach(this::print);
        all.addAll(findings);
      }
    }
    boolean usable = all.stream().noneMatch(f -> f.level() == Finding.Level.PROBLEM);
    return usable ? ExitCode.SUCCESS : ExitCode.FAILURE;
  }

  private void print(Finding finding) {
    String mark =
        switch (finding.level()) {
          case GOOD -> "  ok       ";
          case NOTE -> "  note     ";
          case PROBLEM -> "  problem  ";
        };
    context.print(mark + Words.harmless(finding.about() + ": " + finding.found()));
    if (!finding.mend().isEmpty()) {
      context.print("           " + Words.harmless("to mend it: " + finding.mend()));
    }
  }
}
