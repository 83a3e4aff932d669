package io.twinflow.executors.bundle.files;

import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.files.Interrupts;
import io.twinflow.executors.bundle.AttemptFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A linked folder that later entries put something into becomes a folder of the attempt's own, with
 * a link to each thing in it: its source stays as it is.
 */
public final class OpenedLinks {

  private OpenedLinks() {}

  public static List<Staging> open(List<Staging> entries) throws IOException, AttemptFailure {
    List<Staging> result = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      Staging entry = entries.get(i);
      if (entry instanceof Staging.Link link && link.directory()) {
        open(link, entries.subList(i + 1, entries.size()), result);
      } else {
        result.add(entry);
      }
    }
    return result;
  }

  private static void open(Staging.Link link, List<Staging> later, List<Staging> result)
      throws IOException, AttemptFailure {
    Path target = Path.of(link.target()).normalize();
    if (later.stream().noneMatch(s -> below(Path.of(s.target()).normalize(), target))) {
      result.add(link);
      return;
    }
    result.add(new Staging.MakeDirectory(link.target(), false));
    try (DirectoryStream<Path> children =
        Files.newDirectoryStream(Sources.existing(link.source()))) {
      for (Path child : children) {
        Interrupts.heed();
        boolean directory = Files.isDirectory(child);
        String name = link.target() + "/" + child.getFileName();
        Staging.Link inner = new Staging.Link(child.toUri(), name, directory);
        if (directory) {
          open(inner, later, result);
        } else if (later.stream().noneMatch(s -> Path.of(s.target()).equals(Path.of(name)))) {
          result.add(inner);
        }
      }
    }
  }

  private static boolean below(Path path, Path folder) {
    return path.startsWith(folder) && !path.equals(folder);
  }
}
