package io.twinflow.executors.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bubblewrap keeps from a tool, for whoever runs the tests and for an ordinary user. */
class SandboxIT {

  private static final String NOBODY = "65534";

  private static final String TRIES =
      "id -u; wc -l < /proc/net/dev; echo spoilt > \"$IN\"; touch /var/tmp/tf-escaped"
          + " \"$HOME/mine\"; cat \"$IN\"; ls \"$HOME\"";

  /** Mounts in a loop while a command runs, which are gone with this process's namespace. */
  private static final String MOUNTS =
      "cd \"$0\"; mkdir a b c d"
          + "; (while :; do for f in a b c d; do mount -t tmpfs none $f; done; umount a b c d; done) &"
          + " \"$@\"; code=$?; kill $!; exit $code";

  @TempDir private Path folder;

  private Path input = Path.of("/nowhere");

  @BeforeAll
  static void needsBubblewrap() {
    NeedsEngine.needs(
        Files.isExecutable(Path.of("/usr/bin/bwrap")), "no bubblewrap: apt-get install bubblewrap");
  }

  @BeforeEach
  void write() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    input = Files.writeString(folder.resolve("precious"), "precious\n");
    Files.setPosixFilePermissions(input, PosixFilePermissions.fromString("rw-rw-rw-"));
  }

  private String run(List<String> as, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(input.toString(), TRIES));
    arguments.addAll(List.of(more));
    return run(as, SandboxedTask.class, arguments);
  }

  private String run(List<String> as, Class<?> program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(as);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            readableClassPath(),
            program.getName(),
            folder.resolve("site").toString()));
    command.addAll(arguments);
    return Shell.run(command.toArray(String[]::new));
  }

  /** Another user may not read where this project or Maven's repository lies. */
  private String readableClassPath() throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (entry.contains("twinflow") || entry.contains("executors")) {
        Path copy = folder.resolve("classes" + copies.size() + Path.of(entry).getFileName());
        Shell.run("cp", "-r", entry, copy.toString());
        copies.add(copy.toString());
      }
    }
    Shell.run("chmod", "-R", "a+rX", folder.toString());
    return String.join(File.pathSeparator, copies);
  }

  private void isKeptIn(String said, String user) {
    // Two lines of headings and the loopback alone.
    assertThat(said).startsWith(user + "\n3\n");
    assertThat(said).contains("\nprecious\nmine\n", "Read-only file system", "Exited[code=0]");
    assertThat(input).hasContent("precious");
    assertThat(Path.of("/var/tmp/tf-escaped")).doesNotExist();
  }

  @Test
  void aToolOfWhoRunsTheTestsReachesNothingButItsFolders() throws Exception {
    isKeptIn(run(List.of()), Shell.run("id", "-u"));
  }

  @Test
  void neitherDoesOneOfAnOrdinaryUser() throws Exception {
    NeedsEngine.needs(
        Shell.run("id", "-u").equals("0") && Shell.works("setpriv", "--version"),
        "to become another user needs root and setpriv (util-linux)");
    isKeptIn(
        run(List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups")), NOBODY);
  }

  @Test
  void aToolThatAsksForTheNetworkSeesTheMachines() throws Exception {
    String interfaces = Long.toString(Files.readAllLines(Path.of("/proc/net/dev")).size());
    assertThat(run(List.of(), "network").lines().skip(1).findFirst()).contains(interfaces);
  }

  /** Bubblewrap then fails before the tool has started, once in some dozens of times. */
  @Test
  void mountsThatComeAndGoMeanwhileAreNoFailuresOfTools() throws Exception {
    NeedsEngine.needs(
        Shell.run("id", "-u").equals("0") && Shell.works("unshare", "--mount", "true"),
        "to mount needs root and unshare (util-linux)");
    List<String> besideMounts =
        List.of(
            "unshare", "--mount", "--propagation", "shared", "sh", "-c", MOUNTS, folder.toString());
    String seen = run(besideMounts, ManySandboxes.class, List.of("300"));
    assertThat(seen).isEqualTo("{Exited[code=0]=300, err=300, out=300}");
  }
}
