package io.twinflow.engine.server.backup;

import io.twinflow.engine.postgres.Schema;
import io.twinflow.engine.server.TwinflowServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinflow backup}. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Writes everything a server keeps into one archive; the server may run meanwhile.",
      "",
      "The archive holds secrets and the administrator's token: keep it as safe as the data folder.",
      "It can be checked without Twinflow: unpack it and say sha256sum --check SHA256SUMS."
    },
    footer = {"", "Example:", "  twinflow backup --data twinflow-data before-update.tar.gz"})
public final class BackupCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "twinflow-data",
      description = "The server's data folder (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("twinflow-data");

  @Option(
      names = "--db",
      paramLabel = "URL",
      description = "The PostgreSQL, if the server was started with one.")
  private @Nullable String db;

  @Option(
      names = "--without-files",
      description =
          "Leave out results, working folders and the call cache, for stores that are backed up in"
              + " another way.")
  private boolean withoutFiles;

  @Parameters(
      index = "0",
      paramLabel = "FILE|DIR",
      description =
          "What to make: a tar if the name ends with .tar, .tar.gz or .tgz, and else a folder.")
  private Path target = Path.of("");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = data.toAbsolutePath().normalize();
    try (CleanStop _ = CleanStop.ofThisThread();
        OpenData open = OpenData.open(folder, db);
        Snapshot snapshot = Snapshot.take(open.database());
        Archive archive = Archive.at(target.toAbsolutePath().normalize())) {
      String said = write(folder, open, snapshot, archive);
      archive.complete();
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      out.println(target + ": " + said);
    }
    return 0;
  }

  private String write(Path folder, OpenData open, Snapshot snapshot, Archive archive)
      throws IOException {
    int runs = snapshot.runs().size();
    int unfinished = snapshot.unfinished().size();
    archive.text(
        Manifest.NAME,
        new Manifest(
                Manifest.FORMAT,
                TwinflowServer.version(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                Schema.current(open.database()),
                snapshot.installation(),
                folder.toString(),
                !withoutFiles,
                runs,
                unfinished)
            .text());
    long rows = 0;
    Path beside = target.toAbsolutePath().normalize().resolveSibling("");
    Path spool = Files.createTempFile(beside, ".table", ".part");
    try {
      for (String table : snapshot.tables()) {
        CleanStop.check();
        rows += snapshot.copy(table, spool);
        archive.add(LoadTables.FOLDER + table + LoadTables.ENDING, spool);
      }
    } finally {
      Files.deleteIfExists(spool);
    }
    AddFiles files = new AddFiles(folder, archive, snapshot, !withoutFiles);
    files.add();
    return "%d runs (%d not finished), %d rows of %d tables, %d files of %d bytes%s"
        .formatted(
            runs,
            unfinished,
            rows,
            snapshot.tables().size(),
            files.count(),
            files.bytes(),
            withoutFiles ? ", without results" : "");
  }
}
