package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.api.site.InvalidSiteException;
import io.twinflow.executors.api.site.Setting;
import io.twinflow.executors.api.site.Setting.Written;
import io.twinflow.executors.api.site.SiteSettings;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.testing.MapPlace;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

  private Executor open(Map<String, Setting> fields) throws InvalidSiteException {
    SiteSettings settings = new SiteSettings("hpc", fields, PLACE);
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
        .isInstanceOf(InvalidSiteException.class)
        .hasMessageContainingAll(PLACE, "sites.hpc.jobs.more", "'comment'");
  }

  @Test
  void anEngineThatIsNotKnownIsNamed() {
    Map<String, Setting> fields = plain();
    fields.put("container", text("docker"));
    assertThatThrownBy(() -> open(fields))
        .isInstanceOf(InvalidSiteException.class)
        .hasMessageContainingAll("sites.hpc.container", "apptainer", "'docker'");
  }

  @Test
  void withoutAFolderFilesGoByTheStoreThatTheEngineHas() throws Exception {
    Map<String, Setting> fields = plain();
    fields.remove("folder");
    assertThatThrownBy(() -> open(fields))
        .isInstanceOf(InvalidSiteException.class)
        .hasMessageContainingAll("sites.hpc.folder", "exchange:");
    Exchange exchange =
        new Exchange(
            new MapPlace(),
            URI.create("http://engine:1/tickets"),
            "nobody can guess this, can they?",
            AttemptKey::value);
    fields.put("scratch", text("/scratch"));
    SiteSettings settings = new SiteSettings("hpc", fields, PLACE);
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
