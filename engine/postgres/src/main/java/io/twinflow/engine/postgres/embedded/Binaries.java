package io.twinflow.engine.postgres.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the archive in the class path. */
final class Binaries {

  private static final int OWNER_EXECUTES = 0100;

  private Binaries() {}

  /**
   * @param folder appears whole or not at all
   * @return the folder with the programs
   */
  static Path unpackInto(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path part = Files.createTempDirectory(folder.getParent(), "unpacking-");
      try (InputStream archive = archive();
          TarArchiveInputStream entries = new TarArchiveInputStream(new XZInputStream(archive))) {
        TarArchiveEntry entry = entries.getNextEntry();
        while (entry != null) {
          unpack(part, entry, entries);
          entry = entries.getNextEntry();
        }
      }
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    }
    return folder.resolve("bin");
  }

  private static InputStream archive() throws IOException {
    String os = System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT);
    String system = os.startsWith("mac") ? "darwin" : os.startsWith("linux") ? "linux" : os;
    String machine =
        switch (System.getProperty("os.arch", "")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "arm_64";
          case String other -> other;
        };
    String name = "/postgres-%s-%s.txz".formatted(system, machine);
    InputStream archive = Binaries.class.getResourceAsStream(name);
    if (archive == null) {
      throw new IOException(
          "no PostgreSQL for this machine (%s, %s) comes with Twinflow: name one with --db"
              .formatted(system, machine));
    }
    return archive;
  }

  private static void unpack(Path root, TarArchiveEntry entry, InputStream content)
      throws IOException {
    Path target = root.resolve(entry.getName()).normalize();
    if (!target.startsWith(root)) {
      throw new IOException("an entry of the archive leaves it: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, target);
      boolean runs = (entry.getMode() & OWNER_EXECUTES) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
