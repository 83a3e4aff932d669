package io.twinflow.engine.server.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.twinflow.engine.bpmn.BpmnSettings;
import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.EngineConfig;
import io.twinflow.engine.core.Engines;
import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.FileArtifacts;
import io.twinflow.engine.core.site.ConfiguredSites;
import io.twinflow.engine.core.site.OpenSites;
import io.twinflow.engine.core.site.SitesFile;
import io.twinflow.engine.core.task.ToolSettings;
import io.twinflow.engine.postgres.Installation;
import io.twinflow.engine.postgres.Instance;
import io.twinflow.engine.postgres.JournalMeter;
import io.twinflow.engine.postgres.PostgresJournalStore;
import io.twinflow.engine.server.data.DataPlan;
import io.twinflow.engine.server.net.OutgoingUrls;
import io.twinflow.engine.server.runs.FileRoots;
import io.twinflow.engine.server.runs.GuardedArtifacts;
import io.twinflow.engine.server.runs.GuardedTools;
import io.twinflow.engine.server.runs.ProcessBell;
import io.twinflow.engine.server.runs.RunFiles;
import io.twinflow.engine.server.runs.RunSubjects;
import io.twinflow.engine.server.seen.PoolMetrics;
import io.twinflow.engine.server.sites.SiteExchange;
import io.twinflow.engine.server.tell.MailSettings;
import io.twinflow.engine.server.tell.NamedSecrets;
import io.twinflow.engine.server.tell.SendMail;
import io.twinflow.engine.server.triggers.ReceiveEvents;
import io.twinflow.engine.server.triggers.SourceIntakes;
import io.twinflow.engine.server.triggers.StoreBuckets;
import io.twinflow.engine.server.triggers.TriggerBells;
import io.twinflow.engine.stores.s3.S3Sites;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.local.LocalExecutor;
import io.twinflow.executors.local.LocalOptions;
import io.twinflow.executors.local.Sandbox;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.source.ConfiguredSource;
import io.twinflow.triggers.source.OpenSources;
import io.twinflow.triggers.source.SourceTypes;
import io.twinflow.triggers.source.runs.RunResults;
import io.twinflow.triggers.source.runs.RunsType;
import io.twinflow.workflowdefs.expression.Evaluators;
import io.twinflow.workflowdefs.expression.process.EvaluatorProcesses;
import io.twinflow.workflowdefs.expression.process.InBubblewrap;
import io.twinflow.workflowdefs.expression.process.ProcessSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the engine together. What is closed last is made first. */
@Configuration(proxyBeanMethods = false)
class Wiring {

  private static final String TENANT = "default";
  private static final Duration LEASE = Duration.ofSeconds(5);

  @Bean
  DataFolder dataFolder(ServerSettings settings) throws IOException {
    return DataFolder.hold(settings.data(), settings.db() != null);
  }

  @Bean
  Database database(ServerSettings settings, DataFolder folder)
      throws IOException, InterruptedException {
    return Database.open(settings.db(), folder);
  }

  @Bean
  DataSource dataSource(Database database) {
    return database.web();
  }

  @Bean
  Inbox inbox(DataSource database) {
    return new Inbox(database);
  }

  @Bean
  SourceIntakes intakes(Inbox inbox, TriggerBells bells, MeterRegistry meters) {
    return new SourceIntakes(inbox, bells, meters, TENANT);
  }

  /** Sources that cannot be used end the start. */
  @Bean
  ReceiveEvents sources(
      SitesFile configuration,
      S3Sites accounts,
      Database database,
      SourceIntakes intakes,
      RunResults results)
      throws InvalidSettingException {
    StoreBuckets buckets = new StoreBuckets(accounts);
    OpenSources opening =
        new OpenSources(
            SourceTypes.all(buckets).and(new RunsType(database.web(), results)), buckets);
    return new ReceiveEvents(
        opening.of(configuration.sources()),
        () -> again(opening, configuration),
        database.source(),
        intakes);
  }

  private static List<ConfiguredSource> again(OpenSources opening, SitesFile configuration) {
    try {
      return opening.of(configuration.sources());
    } catch (InvalidSettingException e) {
      throw new IllegalStateException("what could be opened cannot: " + e.getMessage(), e);
    }
  }

  /** Nothing of Flowable is there before the first process. */
  @Bean
  Processes processes(Database database, ProcessBell bell) {
    return new Processes(database.source(), BpmnSettings.STANDARD, bell::ring);
  }

  @Bean
  Instance instance(Database database, JournalMeter meter) throws IOException {
    ProcessHandle self = ProcessHandle.current();
    String name =
        "process %d, started %s"
            .formatted(self.pid(), self.info().startInstant().orElse(Instant.EPOCH));
    return Instance.join(database.source(), name, TENANT, LEASE, meter);
  }

  @Bean
  PostgresJournalStore journals(Database database, Instance instance, JournalMeter meter) {
    return new PostgresJournalStore(database.engine(), database.source(), instance, meter);
  }

  @Bean
  LocalExecutor executor(ServerSettings settings, DataFolder folder) throws IOException {
    LocalOptions options = LocalOptions.in(folder.runs());
    if (settings.trust().unsandboxed()) {
      return new LocalExecutor(options);
    }
    Sandboxing.check();
    return new LocalExecutor(
        options.withSandbox(Sandbox.BWRAP).withHidden(Sandboxing.hidden(folder.folder())));
  }

  /** A configuration that cannot be used ends the start. */
  @Bean
  SitesFile configuration(ServerSettings settings, DataFolder folder)
      throws IOException, InvalidSettingException {
    Path named = settings.config();
    Path file = named == null ? folder.folder().resolve(SitesFile.FILE) : named;
    return named == null && !Files.exists(file) ? SitesFile.EMPTY : SitesFile.read(file);
  }

  @Bean
  SiteExchange exchange(
      SitesFile configuration, ArtifactStore store, DataFolder folder, RunSubjects subjects)
      throws IOException, InvalidSettingException {
    return SiteExchange.of(configuration, store, folder, subjects);
  }

  /** Where tasks may run. */
  @Bean
  ConfiguredSites sites(
      ServerSettings settings,
      DataFolder folder,
      Executor executor,
      SitesFile configuration,
      SiteExchange exchange)
      throws InvalidSettingException {
    return configuration.open(
        new OpenSites(
            executor,
            new Surroundings(folder.runs(), exchange.exchange()),
            settings.trust().unsandboxed()));
  }

  @Bean
  OutgoingUrls outgoing(ServerSettings settings) {
    return new OutgoingUrls(settings.trust().urls());
  }

  @Bean
  NamedSecrets secrets(SitesFile configuration) throws InvalidSettingException {
    return NamedSecrets.of(configuration.secrets());
  }

  @Bean
  SendMail mail(SitesFile configuration) throws InvalidSettingException {
    return configuration.mail().isEmpty()
        ? SendMail.NONE
        : new SendMail(MailSettings.of(configuration.mail().get()));
  }

  @Bean
  EvaluatorProcesses evaluators() {
    return EvaluatorProcesses.start(ProcessSettings.standard().withWrapper(new InBubblewrap()));
  }

  @Bean
  SmartInitializingSingleton meters(
      MeterRegistry registry, Database database, EvaluatorProcesses evaluators) {
    return () -> {
      PoolMetrics.connections(registry, List.of(database.web(), database.engine()));
      PoolMetrics.evaluators(registry, evaluators);
    };
  }

  @Bean
  Engine engine(
      ServerSettings settings,
      DataFolder folder,
      ConfiguredSites sites,
      PostgresJournalStore journals,
      DataSource database,
      EvaluatorProcesses evaluators,
      RunFiles files,
      DataPlan data)
      throws IOException {
    FileRoots readable =
        new FileRoots(settings.trust().roots())
            .and(folder.uploads())
            .and(folder.runs())
            .and(folder.inputs())
            .and(folder.near())
            .and(folder.folder().resolve("cache"));
    EngineConfig config =
        EngineConfig.standard(
                folder.folder(),
                sites.first().executor(),
                ToolSettings.ofThisProcess(),
                Evaluators.over(evaluators),
                new GuardedArtifacts(data.artifacts(new FileArtifacts()), readable),
                data.remote())
            .withSites(sites);
    Engine engine =
        Engines.open(
            data.in(
                config.withTools(
                    new GuardedTools(config.tools(), files, settings.trust().toolsHaveNetwork()))),
            journals);
    Installation.join(database, folder.installation(), folder.folder(), data.place());
    return engine;
  }
}
