package io.twinflow.engine.core.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.testing.FakeExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SitesFileTest {

  @TempDir Path folder;

  private ConfiguredSites open(boolean trusting, String text) throws Exception {
    Path file = Files.writeString(folder.resolve("twinflow.yaml"), text);
    return SitesFile.read(file)
        .open(new OpenSites(FakeExecutor.instant(), new Surroundings(folder), trusting));
  }

  private ConfiguredSites open(String text) throws Exception {
    return open(true, text);
  }

  private static List<String> names(ConfiguredSites sites) {
    return sites.entries().stream().map(ConfiguredSites.Entry::name).toList();
  }

  @AfterEach
  void nothingStaysOpen() {
    assertThat(PaperType.OPEN).hasValue(0);
  }

  @Test
  void thisMachineStandsFirstUnlessItIsNamed() throws Exception {
    try (ConfiguredSites sites = open("sites: {hpc: {type: paper, desk: x}}")) {
      // The fake stands for this machine, under its own name.
      assertThat(names(sites)).containsExactly("fake", "hpc");
    }
    try (ConfiguredSites sites =
        open("sites: {hpc: {type: paper, desk: x}, local: {type: local, cost: 1}}")) {
      assertThat(names(sites)).containsExactly("hpc", "fake");
      assertThat(sites.entries().get(1).terms().cost()).isEqualTo(1);
    }
  }

  @Test
  void whatAllSitesHaveInCommonIsRead() throws Exception {
    String text =
        """
        placement: cheapest
        sites:
          hpc:
            type: paper
            desk: left
            atOnce: 7
            queueTimeout: 20m
            cost: 0.25
            reaches: [/shared/, s3://bucket]
            use: asked
        """;
    try (ConfiguredSites sites = open(text)) {
      assertThat(sites.policy()).isEqualTo(SitePolicy.CHEAPEST);
      assertThat(sites.entries().get(1).terms())
          .isEqualTo(
              new SiteTerms(
                  7,
                  Optional.of(Duration.ofMinutes(20)),
                  0.25,
                  List.of("/shared", "s3://bucket"),
                  true,
                  false));
    }
  }

  @Test
  void aServerAsksForContainersUnlessItsAdministratorSaysOtherwise() throws Exception {
    try (ConfiguredSites sites =
        open(
            false,
            "sites: {a: {type: paper, desk: x}, b: {type: paper, desk: x, allowUnsandboxed: true}, local: {}}")) {
      assertThat(sites.entries())
          .extracting(entry -> entry.terms().containersOnly())
          .containsExactly(true, false, false);
    }
  }

  @Test
  void anEmptyFileNamesNoOtherSite() throws Exception {
    try (ConfiguredSites sites = open("# nothing yet\n\n")) {
      assertThat(names(sites)).containsExactly("fake");
    }
  }

  @Test
  void mistakesAreToldWithTheirPlaceAndNothingStaysOpen() {
    assertRefused(
        "site: {}", ":1:7: site means nothing here: expected one of exchange, sites, placement");
    assertRefused(
        "placement: best", "placement: expected one of first, nearest, cheapest, quickest");
    assertRefused("sites: {hpc: {type: papr}}", "sites.hpc.type: expected one of paper");
    assertRefused("sites: {hpc: {}}", "sites.hpc.type is missing: expected one of paper");
    assertRefused("sites: {hpc: paper}", "sites.hpc: expected fields");
    assertRefused(
        "sites: {HPC 1: {type: paper}}", "the site 'HPC 1': expected a name of at most 32");
    assertRefused(
        "sites: {good: {type: paper, desk: x}, hpc: {type: paper, desk: x, dsek: y}}",
        "sites.hpc.dsek means nothing here");
    assertRefused(
        "sites: {hpc: {type: paper}}", "sites.hpc.desk is missing: expected where it lies");
    assertRefused("sites:\n  hpc: {type: paper\n", "twinflow.yaml:");
    assertRefused("- sites", "expected fields such as sites:");
    assertRefused("sites: {local: {type: slurm}}", "sites.local.type: expected local");
  }

  private void assertRefused(String text, String words) {
    assertThatThrownBy(() -> open(text).close())
        .as(text)
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("twinflow.yaml")
        .hasMessageContaining(words);
  }
}
