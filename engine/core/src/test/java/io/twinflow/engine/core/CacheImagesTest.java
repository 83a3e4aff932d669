package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.Origin;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.Capabilities;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A call in a container is the same only if the image is, whatever its name says. */
@Timeout(30)
final class CacheImagesTest {

  private static final String CWL =
      """
      class: CommandLineTool
      cwlVersion: v1.2
      requirements: {InlineJavascriptRequirement: {}, DockerRequirement: {dockerPull: 'tool:1'}}
      baseCommand: echo
      inputs: {text: {type: string, inputBinding: {}}}
      outputs: {said: {type: string, outputBinding: {outputEval: $(inputs.text)}}}
      """;

  /** A site whose images the test chooses. */
  private static final class WithImages extends OddSite {
    private Optional<String> there = Optional.empty();
    private String runs = "sha256:a";

    @Override
    public Capabilities capabilities() {
      Capabilities fake = super.capabilities();
      return new Capabilities(
          fake.cores(),
          fake.memoryMiB(),
          fake.gpus(),
          Optional.of("fake"),
          fake.containerAdvice(),
          fake.reaches(),
          fake.maxBatch(),
          fake.queueDepth());
    }

    @Override
    public Optional<String> imageDigest(ContainerSpec container) {
      return there;
    }

    @Override
    public List<Observation> observe(Collection<BatchHandle> batches, Duration atMost)
        throws SiteException, InterruptedException {
      return super.observe(batches, atMost).stream().map(this::inImage).toList();
    }

    private Observation inImage(Observation seen) {
      if (!(seen.state() instanceof TaskState.Ended(TaskResult result))) {
        return seen;
      }
      there = Optional.of(runs);
      return new Observation(
          seen.attempt(),
          new TaskState.Ended(
              new TaskResult(result.outcome(), result.usage(), result.siteId(), runs)));
    }

    void hasNow(String digest) {
      there = Optional.of(digest);
      runs = digest;
    }
  }

  @TempDir Path folder;

  private final WithImages site = new WithImages();

  private boolean isReused() throws Exception {
    try (TestEngine test = new TestEngine(folder, site)) {
      assertThat(test.run(CWL, "{'text': 'a'}", RunOptions.DEFAULT).state())
          .isEqualTo(RunState.SUCCEEDED);
      return test.events(Event.TaskSucceeded.class).getFirst().origin() instanceof Origin.Cached;
    }
  }

  @Test
  void aMovedNameIsAnotherImage() throws Exception {
    site.hasNow("sha256:a");
    assertThat(isReused()).isFalse();
    assertThat(isReused()).isTrue();
    site.hasNow("sha256:b");
    assertThat(isReused()).isFalse();
    site.hasNow("sha256:a");
    assertThat(isReused()).isTrue();
  }

  @Test
  void whatTheFirstRunMadeIsFoundOnceTheImageIsThere() throws Exception {
    assertThat(isReused()).isFalse();
    assertThat(isReused()).isTrue();
  }

  @Test
  void nothingIsTakenAsLongAsTheImageIsNotKnown() throws Exception {
    assertThat(isReused()).isFalse();
    site.there = Optional.empty();
    assertThat(isReused()).isFalse();
    site.hasNow("sha256:b");
    assertThat(isReused()).isFalse();
  }

  @Test
  void callsLieInTheFolderOfTheirTenant() throws Exception {
    assertThat(isReused()).isFalse();
    try (Stream<Path> tenants = Files.list(folder.resolve("home").resolve("cache"))) {
      assertThat(tenants).map(tenant -> tenant.getFileName().toString()).containsExactly("default");
    }
  }
}
