package io.twinflow.executors.testing;

import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.TaskSpec;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files that a fake tool left, in memory. */
final class FakeOutputFolder implements OutputFolder {

  private final Path outdir;
  private final String attempt;

  /** Path below the working folder → content; null for a folder. */
  private final TreeMap<String, Optional<byte[]>> tree = new TreeMap<>();

  FakeOutputFolder(TaskSpec task, Map<String, byte[]> files) {
    this.outdir = Path.of(task.layout().outdir());
    this.attempt = task.attempt().value();
    files.forEach((name, content) -> {
      boolean directory = name.endsWith("/");
      Path path = Path.of(name);
      tree.put(path.toString(), directory ? Optional.empty() : Optional.of(content));
      for (Path up = path.getParent(); up != null; up = up.getParent()) {
        tree.put(up.toString(), Optional.empty());
      }
    });
  }

  @Override
  public List<Entry> glob(String pattern) throws EscapeException {
    Path relative = relative(pattern);
    if (relative.toString().isEmpty()) {
      return List.of(entry(""));
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + relative);
    return tree.keySet().stream()
        .filter(p -> matcher.matches(Path.of(p)) && !hiddenBy(relative, Path.of(p)))
        .map(this::entry)
        .toList();
  }

  private static boolean hiddenBy(Path pattern, Path path) {
    for (int i = 0; i < path.getNameCount(); i++) {
      if (path.getName(i).toString().startsWith(".")
          && !pattern.getName(i).toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Optional<Entry> find(String path) throws EscapeException {
    String relative = relative(path).toString();
    return relative.isEmpty() || tree.containsKey(relative)
        ? Optional.of(entry(relative))
        : Optional.empty();
  }

  @Override
  public List<Entry> list(Entry directory) {
    Path folder = outdir.relativize(Path.of(directory.path()));
    return tree.keySet().stream()
        .filter(p -> folder.equals(parent(Path.of(p))))
        .map(this::entry)
        .toList();
  }

  @Override
  public byte[] read(Entry file, int limit) throws IOException {
    byte[] content = content(file);
    return Arrays.copyOf(content, Math.min(limit, content.length));
  }

  @Override
  public Identity identify(Entry file) throws IOException {
    byte[] content = content(file);
    return new Identity(digest("SHA-1", content), digest("SHA-256", content), content.length);
  }

  private byte[] content(Entry file) throws IOException {
    String path = outdir.relativize(Path.of(file.path())).toString();
    return tree.getOrDefault(path, Optional.empty())
        .orElseThrow(() -> new NoSuchFileException(file.path()));
  }

  private Path relative(String path) throws EscapeException {
    Path absolute = outdir.resolve(path).normalize();
    if (path.contains("..") || !absolute.startsWith(outdir)) {
      throw new EscapeException(path + " is outside of the working folder " + outdir);
    }
    return outdir.relativize(absolute);
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? Path.of("") : parent;
  }

  private Entry entry(String relative) {
    Path path = outdir.resolve(relative);
    Optional<byte[]> content = tree.getOrDefault(relative, Optional.empty());
    return new Entry(
        path.toString(),
        path.getFileName().toString(),
        content.isEmpty(),
        "memory:/" + attempt + "/" + relative,
        content.map(c -> c.length).orElse(0));
  }

  private static String digest(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
