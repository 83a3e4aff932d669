package io.twinflow.engine.server.backup;

import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinflow restore}. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a data folder of a backup, with a private database in it.",
      "",
      "A server that is started on it goes on with what was not finished, as after a crash. It is an"
          + " installation of its own: what the backed up server still runs stays that server's, and"
          + " is run here once more."
    },
    footer = {"", "Example:", "  twinflow restore before-update.tar.gz --data twinflow-data"})
public final class RestoreCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The folder to make; there may be an empty one.")
  private Path data = Path.of("");

  @Parameters(index = "0", paramLabel = "FILE|DIR", description = "What twinflow backup made.")
  private Path backup = Path.of("");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Manifest manifest = restore(backup, data.toAbsolutePath().normalize());
    Objects.requireNonNull(spec)
        .commandLine()
        .getOut()
        .printf(
            "%s: as installation %s was at %s, with %d runs (%d not finished)%s%nStart it with: twinflow serve --data %s%n",
            data,
            manifest.installation(),
            manifest.made(),
            manifest.runs(),
            manifest.unfinished(),
            manifest.files() ? "" : "; results were not in the backup",
            data);
    return 0;
  }

  /**
   * All or nothing: the folder appears when it is complete.
   *
   * @param folder absolute
   */
  public static void into(Path backup, Path folder) throws IOException, InterruptedException {
    restore(backup, folder);
  }

  private static Manifest restore(Path backup, Path folder)
      throws IOException, InterruptedException {
    if (!Files.exists(backup)) {
      throw new IOException("there is no %s".formatted(backup));
    }
    mustBeFree(folder);
    try (CleanStop _ = CleanStop.ofThisThread()) {
      Files.deleteIfExists(folder);
      Path part = OwnPart.folder(folder);
      try {
        if (Files.isDirectory(backup)) {
          CopyBackup.into(part, backup);
        } else {
          UnpackBackup.into(part, backup);
        }
        return make(part, folder);
      } finally {
        FolderTree.delete(part);
      }
    }
  }

  private static void mustBeFree(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> inside = Files.list(folder)) {
        if (inside.findAny().isEmpty()) {
          return;
        }
      }
    }
    throw new IOException(
        "%s is not empty: restore into a new folder, so that nothing is lost".formatted(folder));
  }

  private static Manifest make(Path part, Path folder) throws IOException, InterruptedException {
    Manifest manifest = Manifest.read(Files.readString(part.resolve(Manifest.NAME)));
    Path made = part.resolve(AddFiles.FOLDER);
    Relocation relocation = Relocation.of(Path.of(manifest.data()), folder);
    try (PrivatePostgres postgres = PrivatePostgres.start(made.resolve("postgres"))) {
      LoadTables.into(
          postgres.dataSource(), part.resolve(LoadTables.FOLDER), manifest.schema(), relocation);
    }
    if (!relocation.isNone()) {
      relocateTexts(made.resolve("cache"), relocation);
    }
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
    Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
    return manifest;
  }

  /** The call cache's entries name files too; they keep their age. */
  private static void relocateTexts(Path cache, Relocation relocation) throws IOException {
    if (!Files.isDirectory(cache)) {
      return;
    }
    List<Path> entries;
    try (Stream<Path> all = Files.walk(cache)) {
      entries = all.filter(Files::isRegularFile).toList();
    }
    for (Path entry : entries) {
      FileTime written = Files.getLastModifiedTime(entry);
      Files.writeString(entry, relocation.text(Files.readString(entry)));
      Files.setLastModifiedTime(entry, written);
    }
  }
}
