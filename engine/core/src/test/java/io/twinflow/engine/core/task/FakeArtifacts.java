package io.twinflow.engine.core.task;

import io.twinflow.engine.core.artifact.Artifacts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Files in memory; a location that ends in a slash is a folder. */
final class FakeArtifacts implements Artifacts {

  private final Map<String, byte[]> files = new TreeMap<>();

  FakeArtifacts with(String location, String text) {
    files.put(location, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  @Override
  public Optional<Stat> stat(URI location) {
    String text = location.toString();
    byte[] content = files.get(text);
    boolean directory = files.keySet().stream().anyMatch(file -> file.startsWith(text + "/"));
    String name = text.substring(text.lastIndexOf('/') + 1);
    return content == null && !directory
        ? Optional.empty()
        : Optional.of(
            new Stat(location, name, content == null, content == null ? 0 : content.length));
  }

  @Override
  public List<Stat> list(URI directory) {
    Map<String, Stat> children = new LinkedHashMap<>();
    String folder = directory + "/";
    for (String file : files.keySet()) {
      if (file.startsWith(folder) && file.length() > folder.length()) {
        String rest = file.substring(folder.length());
        int slash = rest.indexOf('/');
        String name = slash < 0 ? rest : rest.substring(0, slash);
        stat(URI.create(folder + name)).ifPresent(stat -> children.put(name, stat));
      }
    }
    return List.copyOf(children.values());
  }

  @Override
  public byte[] read(URI file, int limit) throws IOException {
    byte[] content = content(file);
    return Arrays.copyOf(content, Math.min(limit, content.length));
  }

  @Override
  public Identity identify(URI file) throws IOException {
    byte[] content = content(file);
    return new Identity("1".repeat(40), "2".repeat(64), content.length);
  }

  private byte[] content(URI file) throws IOException {
    byte[] content = files.get(file.toString());
    if (content == null) {
      throw new NoSuchFileException(file.toString());
    }
    return content;
  }
}
