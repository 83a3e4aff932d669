package io.twinflow.executors.slurm;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.site.ExecutorType;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.api.token.TokenSettings;
import io.twinflow.executors.api.token.Tokens;
import io.twinflow.executors.bundle.container.ContainerSettings;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code type: slurm} in the configuration. */
public final class SlurmType implements ExecutorType {

  private static final String FOLDER = "folder";

  private static final Duration POLL = Duration.ofSeconds(15);

  /** Of a job, what makes it what Twinflow takes it for. */
  private static final Set<String> OWN =
      Set.of(
          "array",
          "comment",
          "cpus_per_task",
          "current_working_directory",
          "environment",
          "memory_per_node",
          "name",
          "open_mode",
          "requeue",
          "script",
          "standard_error",
          "standard_input",
          "standard_output",
          "tasks",
          "time_limit");

  @Override
  public String name() {
    return "slurm";
  }

  @Override
  public Executor open(Settings settings, Surroundings surroundings)
      throws InvalidSettingException {
    URI rest =
        settings
            .address("rest")
            .orElseThrow(() ->
                settings.wrong("rest", "the address of slurmrestd, as in http://login1:6820"));
    Tokens tokens =
        TokenSettings.read(settings, "token")
            .orElseThrow(() ->
                settings.wrong(
                    "token", "where the user's JWT comes from: " + TokenSettings.EXPECTED));
    SlurmOptions options =
        new SlurmOptions(
            settings.name(),
            rest,
            settings.required("user", "the user whose jobs they are"),
            tokens,
            files(settings, surroundings),
            jobs(settings),
            settings.time("poll").orElse(POLL),
            ContainerSettings.read(settings).orElse(null),
            history(settings));
    try {
      return new SlurmExecutor(options);
    } catch (UncheckedIOException e) {
      throw settings.wrong(
          FOLDER, "a folder that can be written here (%s)".formatted(e.getMessage()));
    }
  }

  private static SlurmOptions.Files files(Settings settings, Surroundings surroundings)
      throws InvalidSettingException {
    if (settings.has(FOLDER) || surroundings.exchange().isEmpty()) {
      return new SlurmOptions.Shared(
          settings
              .folder(FOLDER)
              .orElseThrow(() ->
                  settings.wrong(
                      FOLDER,
                      "a folder that this machine and all nodes see under the same name, as an absolute path; or none, and exchange: beside sites:, for files that go by URLs")));
    }
    return new SlurmOptions.Staged(
        surroundings.exchange().orElseThrow(), settings.folder("scratch").orElse(null));
  }

  private static SlurmOptions.Jobs jobs(Settings settings) throws InvalidSettingException {
    Optional<Settings> given =
        settings.section("jobs", "what jobs are submitted with, as in partition: compute");
    if (given.isEmpty()) {
      return SlurmOptions.Jobs.PLAIN;
    }
    Settings jobs = given.get();
    return new SlurmOptions.Jobs(
        jobs.text("partition", "the name of a partition").orElse(null),
        jobs.text("account", "the name of an account").orElse(null),
        jobs.text("qos", "the name of a quality of service").orElse(null),
        jobs.text("constraint", "features of nodes, as in rome&nvme").orElse(null),
        jobs.text("licenses", "licences and how many, as in matlab:1,fluent:2").orElse(null),
        jobs.count("throttle", 0).orElse(0),
        jobs.count("maxArraySize", 2).orElse(SlurmOptions.Jobs.DEFAULT_ARRAY),
        jobs.text("gpu", "the type of GPU, as gres.conf names it").orElse(null),
        jobs.time("time").orElse(null),
        more(jobs));
  }

  private static Map<String, String> more(Settings jobs) throws InvalidSettingException {
    Map<String, String> more =
        jobs.table("more", "properties of a job in slurmrestd's words, as in reservation: course");
    for (String name : more.keySet()) {
      if (OWN.contains(name)) {
        throw jobs.wrong(
            "more", "no '%s' in it, which Twinflow sets itself for each job".formatted(name));
      }
    }
    return more;
  }

  private static SlurmOptions.History history(Settings settings) throws InvalidSettingException {
    return new SlurmOptions.History(
        settings.folder("completions").orElse(null), settings.isTrue("accounting", false));
  }
}
