package io.twinflow.engine.cli.client;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a submission sends: the documents of the workflow with their folders below the one that
 * holds them all, and the input files, each in a folder of its own.
 */
public final class Package {

  private static final String FILES = "files";

  private final Form form;
  private int inputs;

  public Package(Form form) {
    this.form = form;
  }

  /**
   * @param documents all that was read for the workflow
   * @param named the files and folders that the workflow itself names, and needs in their place
   * @return how the server shall call the main one
   */
  public String workflow(
      Path main, String fragment, Set<Path> documents, Set<FileOrDirectory> named)
      throws CliException {
    Set<Path> all = new LinkedHashSet<>(documents);
    for (FileOrDirectory file : named) {
      Path local = local(file);
      if (local != null) {
        all.addAll(filesIn(local));
      }
    }
    Path root = folderOf(main);
    for (Path file : all) {
      while (!file.startsWith(root)) {
        root = folderOf(root);
      }
    }
    for (Path file : all) {
      send(root.relativize(file).toString(), file);
    }
    return root.relativize(main) + (fragment.isEmpty() ? "" : "#" + fragment);
  }

  private static Path folderOf(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  /** The value with local files as the server will find them. */
  public Value input(Value value) throws CliException {
    return switch (value) {
      case FileValue file -> file(file, null);
      case DirectoryValue directory -> directory(directory, null);
      case ListValue list -> {
        List<Value> items = new ArrayList<>();
        for (Value item : list.items()) {
          items.add(input(item));
        }
        yield new ListValue(items);
      }
      case RecordValue record -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (Map.Entry<String, Value> field : record.fields().entrySet()) {
          fields.put(field.getKey(), input(field.getValue()));
        }
        yield new RecordValue(fields);
      }
      case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _, StringValue _ -> value;
    };
  }

  private FileOrDirectory any(FileOrDirectory entry, String folder) throws CliException {
    return switch (entry) {
      case FileValue file -> file(file, folder);
      case DirectoryValue directory -> directory(directory, folder);
    };
  }

  /**
   * @param beside the folder of the file it belongs to
   */
  private FileValue file(FileValue file, @Nullable String beside) throws CliException {
    Path local = local(file);
    String folder = beside == null ? newFolder() : beside;
    List<FileOrDirectory> secondary = new ArrayList<>();
    for (FileOrDirectory other : file.secondaryFiles()) {
      secondary.add(any(other, folder));
    }
    FileValue sent = file.withSecondaryFiles(secondary);
    return local == null
        ? sent
        : sent.withLocation(Iri.encode(send(folder + "/" + local.getFileName(), local)))
            .withPath(null);
  }

  private DirectoryValue directory(DirectoryValue directory, @Nullable String beside)
      throws CliException {
    Path local = local(directory);
    String folder = beside == null ? newFolder() : beside;
    if (local == null) {
      List<FileOrDirectory> listing = directory.listing();
      if (listing == null) {
        return directory;
      }
      List<FileOrDirectory> sent = new ArrayList<>();
      for (FileOrDirectory entry : listing) {
        sent.add(any(entry, newFolder()));
      }
      return directory.withListing(sent);
    }
    String name = folder + "/" + local.getFileName();
    for (Path path : filesIn(local)) {
      send(name + "/" + local.relativize(path), path);
    }
    return directory.withLocation(Iri.encode(name)).withPath(null);
  }

  /** What there is to send of a folder; a file is its only one. */
  private static List<Path> filesIn(Path local) throws CliException {
    try (Stream<Path> walk = Files.walk(local)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw unreadable(local, e);
    }
  }

  private String newFolder() {
    inputs++;
    return "inputs/" + inputs;
  }

  private static @Nullable Path local(FileOrDirectory file) {
    String location = file.location();
    return location == null || Locations.isLiteral(file) ? null : Locations.path(location);
  }

  private String send(String name, Path file) throws CliException {
    try {
      form.file(FILES, name, file);
      return name;
    } catch (FileNotFoundException e) {
      throw unreadable(file, e);
    }
  }

  private static CliException unreadable(Path file, IOException e) {
    return new CliException(
        ExitCode.FAILURE, file + ": cannot be read to be sent: " + e.getMessage(), e);
  }
}
