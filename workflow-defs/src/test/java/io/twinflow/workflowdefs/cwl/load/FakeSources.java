package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ReadLimits;
import io.twinflow.workflowdefs.source.SourceFetcher;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Documents that exist only in a test; counts how often each is fetched. */
public final class FakeSources implements SourceFetcher {

  private final String folder;
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Integer> fetched = new HashMap<>();

  public FakeSources() {
    this("/w/");
  }

  public FakeSources(String folder) {
    this.folder = folder;
  }

  public FakeSources with(String name, String text) {
    texts.put(name.contains("://") ? name : "file://" + Iri.encode(folder + name), text);
    return this;
  }

  public int fetches(String name) {
    return fetched.getOrDefault("file://" + Iri.encode(folder + name), 0);
  }

  public LoadOptions options() {
    return LoadOptions.defaults().withFetcher(this).withWorkingFolder(Path.of(folder));
  }

  @Override
  public byte[] fetch(String iri, String display, ReadLimits limits)
      throws InvalidDefinitionException {
    fetched.merge(iri, 1, Integer::sum);
    String text = texts.get(iri);
    if (text == null) {
      throw new InvalidDefinitionException(
          Problem.error(Position.startOf(display), "no such file."));
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
