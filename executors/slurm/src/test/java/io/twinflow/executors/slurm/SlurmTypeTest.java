package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Setting.Written;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.testing.MapPlace;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlurmTypeTest {

  private static final String PLACE = "twinflow.yaml:3:5";

  @TempDir private Path folder;

  private static Setting text(String text) {
    return Setting.text(text, PLACE);
  }

  private static Setting fields(Map<String, Setting> fields) {
    return new Setting(new Written.Fields(fields), PLACE);
  }

  private Map<String, Setting> plain() {
    Map<String, Setting> fields = new LinkedHashMap<>();
    fields.put("rest", text("http://127.0.0.1:1"));
    fields.put("user", text("twin"));
    fields.put("token", fields(Map.of("environment", text("TOKEN"))));
    fields.put("folder", text(folder.toString()));
    return fields;
  }

  private Executor open(Map<String, Setting> fields) throws InvalidSettingException {
    Settings settings = Settings.of("sites", "hpc", fields, PLACE);
    Executor executor = new SlurmType().open(settings, new Surroundings(folder));
    settings.end();
    return executor;
  }

  @Test
  void aSiteSaysWhichContainersItsNodesRun() throws Exception {
    Map<String, Setting> fields = plain();
    fields.put("container", text("podman"));
    fields.put("jobs", fields(Map.of("more", fields(Map.of("reservation", text("course"))))));
    fields.put("completions", text("/var/log/slurm/jobcomp"));
    try (Executor executor = open(fields)) {
      assertThat(executor.capabilities().containerEngine()).contains("podman");
    }
    try (Executor executor = open(plain())) {
      assertThat(executor.capabilities().containerEngine()).isEmpty();
      assertThat(executor.capabilities().containerAdvice()).contains("podman");
    }
  }

  @Test
  void whatTwinflowSetsItselfIsNotTheSites() {
    Map<String, Setting> fields = plain();
    fields.put("jobs", fields(Map.of("more", fields(Map.of("comment", text("mine"))))));
    assertThatThrownBy(() -> open(fields))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContainingAll(PLACE, "sites.hpc.jobs.more", "'comment'");
  }

  @Test
  void anEngineThatIsNotKnownIsNamed() {
    Map<String, Setting> fields = plain();
    fields.put("container", text("docker"));
    assertThatThrownBy(() -> open(fields))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContainingAll("sites.hpc.container", "apptainer", "'docker'");
  }

  @Test
  void aShareThatIsNotMountedIsWaitedForAndNeverMade() throws Exception {
    Path share = folder.resolve("share");
    Map<String, Setting> fields = plain();
    fields.put("folder", text(share.resolve("twin").toString()));
    AttemptKey attempt = new AttemptKey("site", "r1", 1, 1);
    BatchKey batch = new BatchKey("site", "r1", 1);
    try (Executor executor = open(fields)) {
      assertThatThrownBy(() -> executor.find(batch, List.of(attempt)))
          .isInstanceOf(SiteException.class)
          .extracting(e -> ((SiteException) e).kind())
          .isEqualTo(FailureKind.INFRASTRUCTURE);
      assertThatThrownBy(() -> executor.submit(new Batch(batch, List.of())))
          .hasMessageContaining("site hpc")
          .hasMessageContaining(share + "/twin cannot be used: " + share + ", where it belongs");
      assertThatThrownBy(() -> executor.revoke(List.of(attempt)))
          .hasMessageContaining("is the share mounted?");
      assertThat(executor.check())
          .contains(
              Finding.problem(
                  "shared folder",
                  "%s/twin cannot be used: %s, where it belongs, does not exist here; is the share mounted?"
                      .formatted(share, share),
                  "mount the share, or make %s here if it is the right place".formatted(share)));
      assertThat(share).doesNotExist();
      Files.createDirectory(share);
      assertThat(executor.find(batch, List.of(attempt))).isEmpty();
      assertThat(share.resolve("twin")).isDirectory();
    }
  }

  @Test
  void aFolderThatIsAFileIsRefused() throws Exception {
    Map<String, Setting> fields = plain();
    fields.put("folder", text(Files.createFile(folder.resolve("file")).toString()));
    assertThatThrownBy(() -> open(fields))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContainingAll(PLACE, "sites.hpc.folder", "file");
  }

  @Test
  void withoutAFolderFilesGoByTheStoreThatTheEngineHas() throws Exception {
    Map<String, Setting> fields = plain();
    fields.remove("folder");
    assertThatThrownBy(() -> open(fields))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContainingAll("sites.hpc.folder", "exchange:");
    Exchange exchange =
        new Exchange(
            new MapPlace(),
            URI.create("http://engine:1/tickets"),
            "nobody can guess this, can they?",
            AttemptKey::value);
    fields.put("scratch", text("/scratch"));
    Settings settings = Settings.of("sites", "hpc", fields, PLACE);
    try (Executor executor =
        new SlurmType().open(settings, new Surroundings(folder, Optional.of(exchange)))) {
      settings.end();
      assertThat(executor.capabilities().reaches()).contains("s3", "https");
      AttemptKey key = new AttemptKey("site", "r1", 1, 1);
      assertThat(executor.layout(key, false).outdir()).isEqualTo("/scratch/r1/work/1.1/out");
      assertThat(executor.layout(key, true).outdir()).isEqualTo("/var/spool/twinflow");
    }
  }
}
