package io.twinflow.engine.cli.client;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.core.artifact.Locations;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Brings the outputs of a run into a folder; a file is there whole and checked, or not at all. */
public record FetchOutputs(Connection server) {

  private static final String SHA1 = "sha1$";

  /** The value with the locations of what was fetched. */
  public Value into(Path folder, Value value) throws CliException, InterruptedException {
    return switch (value) {
      case FileValue file -> file(folder, file);
      case DirectoryValue directory -> directory(folder, directory);
      case ListValue list -> {
        List<Value> items = new ArrayList<>();
        for (Value item : list.items()) {
          items.add(into(folder, item));
        }
        yield new ListValue(items);
      }
      case RecordValue record -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (Map.Entry<String, Value> field : record.fields().entrySet()) {
          fields.put(field.getKey(), into(folder, field.getValue()));
        }
        yield new RecordValue(fields);
      }
      case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _, StringValue _ -> value;
    };
  }

  private FileValue file(Path folder, FileValue file) throws CliException, InterruptedException {
    Path target = free(folder, name(file));
    String location = file.location();
    if (location != null) {
      download(location, target, file.checksum());
    }
    List<FileOrDirectory> secondary = new ArrayList<>();
    Path beside = target.getParent() == null ? folder : target.getParent();
    for (FileOrDirectory other : file.secondaryFiles()) {
      secondary.add(any(beside, other));
    }
    return file.withLocation(Locations.of(target))
        .withPath(target.toString())
        .withSecondaryFiles(secondary);
  }

  private FileOrDirectory any(Path folder, FileOrDirectory entry)
      throws CliException, InterruptedException {
    return switch (entry) {
      case FileValue file -> file(folder, file);
      case DirectoryValue directory -> directory(folder, directory);
    };
  }

  private DirectoryValue directory(Path folder, DirectoryValue directory)
      throws CliException, InterruptedException {
    Path target = free(folder, name(directory));
    List<FileOrDirectory> listing = directory.listing();
    try {
      Files.createDirectories(target);
      if (listing != null) {
        for (FileOrDirectory entry : listing) {
          any(target, entry);
        }
      } else if (directory.location() != null) {
        unpack(directory.location(), target);
      }
    } catch (IOException e) {
      throw unwritable(target, e);
    }
    return directory.withLocation(Locations.of(target)).withPath(target.toString());
  }

  /** Folders come as ZIP archives; no entry leaves the folder. */
  private void unpack(String location, Path target)
      throws IOException, CliException, InterruptedException {
    try (ZipInputStream zip = new ZipInputStream(server.open(location))) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("an entry of the archive leaves it: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.resolveSibling("."));
          Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
        }
        entry = zip.getNextEntry();
      }
    }
  }

  private void download(
      String location, Path target, @org.jspecify.annotations.Nullable String checksum)
      throws CliException, InterruptedException {
    Path part = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      Files.createDirectories(target.resolveSibling("."));
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      try (InputStream in = server.open(location);
          OutputStream out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
        in.transferTo(out);
      }
      String found = SHA1 + HexFormat.of().formatHex(digest.digest());
      if (checksum != null && checksum.startsWith(SHA1) && !checksum.equals(found)) {
        throw CliException.failure(
            "%s: what came has the checksum %s, expected %s; try again"
                .formatted(target, found, checksum));
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unwritable(target, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    } finally {
      part.toFile().deleteOnExit();
      discard(part);
    }
  }

  private static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      System.getLogger(FetchOutputs.class.getName())
          .log(System.Logger.Level.DEBUG, "a part is left", e);
    }
  }

  private static String name(FileOrDirectory file) throws CliException {
    String name = file.basename();
    if (name == null || name.isEmpty() || name.contains("/") || name.equals("..")) {
      throw CliException.failure("an output has no name that a file can have: " + name);
    }
    return name;
  }

  /** What is there already is never overwritten; the new thing is in a folder 2, 3, and so on. */
  private static Path free(Path folder, String name) {
    Path target = folder.resolve(name);
    for (int i = 2; Files.exists(target); i++) {
      target = folder.resolve(Integer.toString(i)).resolve(name);
    }
    return target;
  }

  private static CliException unwritable(Path target, IOException e) {
    return new CliException(ExitCode.FAILURE, target + ": cannot be fetched: " + e.getMessage(), e);
  }
}
