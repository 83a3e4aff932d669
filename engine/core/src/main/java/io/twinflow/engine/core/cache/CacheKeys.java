package io.twinflow.engine.core.cache;

import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.event.Event.CacheKey;
import io.twinflow.engine.core.plan.Digests;
import io.twinflow.engine.core.task.PlannedTool;
import io.twinflow.engine.core.task.PreparedTask;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.value.Value;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The key of a call: everything that can change what a tool yields, and nothing about when, where
 * or in which attempt it runs. Safe for many threads.
 */
final class CacheKeys {

  /** Changes when the same key could mean something else. */
  private static final String FORMAT = "2";

  private static final int SHOWN = 16;

  /** Does not say what the tool yields, and differs from one terminal to the next. */
  private static final String PATH = "PATH";

  private final String tenant;
  private final ContentText contents;
  private final IdentityHashMap<PlannedTool, Map<String, String>> tools = new IdentityHashMap<>();

  CacheKeys(String tenant, Artifacts artifacts) {
    this.tenant = tenant;
    this.contents = new ContentText(artifacts);
  }

  /**
   * @param imageDigest as far as it is known: a name alone may mean another image tomorrow
   * @throws IOException if an input cannot be read
   */
  CacheKey of(PlannedTool tool, PreparedTask task, Optional<String> imageDigest)
      throws IOException {
    Map<String, String> parts = new TreeMap<>(known(tool));
    TaskSpec spec = task.spec();
    for (Map.Entry<String, Value> input : task.inputs().fields().entrySet()) {
      parts.put("input " + input.getKey(), contents.of(input.getValue()));
    }
    parts.put("image", image(spec.container(), imageDigest));
    parts.put("command", placeless(spec.command().toString(), spec.layout()));
    parts.put("environment", placeless(environment(spec.environment()), spec.layout()));
    parts.put("staging", staging(spec.staging(), spec.layout()));
    parts.put(
        "resources",
        "%s %s %s".formatted(asked(spec.resources()), spec.timeLimit(), spec.networkAccess()));
    Map<String, String> components = new TreeMap<>();
    StringBuilder all = new StringBuilder(FORMAT).append(' ').append(tenant);
    parts.forEach((name, text) -> {
      String digest = Digests.sha256(text);
      all.append('\n').append(name).append(' ').append(digest);
      components.put(name, digest.substring(0, SHOWN));
    });
    return new CacheKey(Digests.sha256(all.toString()), components);
  }

  /** A tool's definition is digested once per plan, however many tasks it has. */
  private Map<String, String> known(PlannedTool tool) {
    synchronized (tools) {
      return tools.computeIfAbsent(tool, CacheKeys::definition);
    }
  }

  private static Map<String, String> definition(PlannedTool tool) {
    StringBuilder requirements = new StringBuilder();
    tool.requirements().requirements().stream()
        .map(DefinitionText::of)
        .sorted()
        .forEach(text -> requirements.append(text).append('\n'));
    tool.requirements().hints().stream()
        .filter(hint -> !(hint instanceof Requirement.Software))
        .map(DefinitionText::of)
        .sorted()
        .forEach(text -> requirements.append("hint ").append(text).append('\n'));
    return Map.of("tool", DefinitionText.of(tool.tool()), "requirements", requirements.toString());
  }

  /** In the words of the first keys, so that they are found for ever. */
  private static String asked(ResourceRequest asked) {
    return "ResourceRequest[cores=%s, memoryMiB=%d, tmpdirMiB=%d, outdirMiB=%d, gpus=%d, processes=%d]"
        .formatted(
            asked.cores(),
            asked.memoryMiB(),
            asked.tmpdirMiB(),
            asked.outdirMiB(),
            asked.gpus(),
            asked.processes());
  }

  private static String image(@Nullable ContainerSpec container, Optional<String> digest) {
    return container == null ? "none" : container + " " + digest.orElse("not known yet");
  }

  private static String environment(Map<String, String> environment) {
    Map<String, String> sorted = new TreeMap<>(environment);
    sorted.remove(PATH);
    return sorted.toString();
  }

  /** Where inputs come from is not told here: what they hold stands in the inputs. */
  private static String staging(List<Staging> staging, Layout layout) {
    StringBuilder text = new StringBuilder();
    for (Staging entry : staging) {
      text.append(
          switch (entry) {
            case Staging.Link link -> "link " + link.directory();
            case Staging.Copy copy -> "copy " + copy.directory();
            case Staging.InPlace inPlace -> "in place " + inPlace.directory();
            case Staging.WriteText write ->
                "text " + write.writable() + " " + Digests.sha256(write.text());
            case Staging.MakeDirectory make -> "folder " + make.writable();
          });
      text.append(' ').append(placeless(entry.target(), layout)).append('\n');
    }
    return text.toString();
  }

  private static String placeless(String text, Layout layout) {
    return text.replace(layout.inputs(), "<inputs>")
        .replace(layout.outdir(), "<outdir>")
        .replace(layout.tmpdir(), "<tmpdir>");
  }
}
