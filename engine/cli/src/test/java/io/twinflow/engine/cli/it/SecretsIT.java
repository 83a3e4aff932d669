package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs tools and workflows with secrets, and looks for the plain text in everything that stays: it
 * may stand in the files that a tool made of it, and nowhere else.
 */
class SecretsIT {

  private static final String SECRET = "Hoopla'! $x \\ 77";

  private static final String LOGIN =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      $namespaces: {cwltool: "http://commonwl.org/cwltool#"}
      requirements:
        ShellCommandRequirement: {}
        EnvVarRequirement: {envDef: {LOGIN_KEY: $(inputs.password)}}
        InitialWorkDirRequirement:
          listing:
            - entryname: login.conf
              entry: |
                user: me
                password: $(inputs.password)
      baseCommand: [sh, -c]
      arguments:
        - shellQuote: true
          valueFrom: 'cat login.conf; printenv LOGIN_KEY; printf "%s\\n" "$1"; stat -c %a login.conf; test ! -e wait || sleep 60'
        - sh
        - $(inputs.password)
      inputs: {password: string}
      stdout: said.txt
      outputs: {said: stdout}
      """;

  private static final String WORKFLOW =
      """
      cwlVersion: v1.2
      class: Workflow
      $namespaces: {cwltool: "http://commonwl.org/cwltool#"}
      requirements: {StepInputExpressionRequirement: {}}
      hints: {"cwltool:Secrets": {secrets: [password]}}
      inputs: {password: string, flag: string}
      outputs: {said: {type: File, outputSource: login/said}}
      steps:
        login:
          in: {password: password}
          out: [said]
          run: login.cwl
        check:
          in: {token: {source: password, valueFrom: "Bearer $(self)"}, flag: flag}
          out: []
          run:
            class: CommandLineTool
            baseCommand: [sh, -c]
            arguments: ['echo "$0" >&2; test -e "$1"', $(inputs.token), $(inputs.flag)]
            inputs: {token: string, flag: string}
            outputs: []
      """;

  private static final String EXPECTED =
      "user: me\npassword: " + SECRET + "\n" + SECRET + "\n" + SECRET + "\n600\n";

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("login.cwl"), LOGIN);
    Files.writeString(folder.resolve("w.cwl"), WORKFLOW);
    Files.writeString(
        folder.resolve("job.yml"),
        "password: \"" + SECRET.replace("\\", "\\\\") + "\"\nflag: " + folder + "/flag\n");
  }

  private CommandRun call(String... args) {
    CommandRun run = CommandRun.in(folder).call(args);
    assertThat(run.out() + run.err()).doesNotContain(SECRET);
    return run;
  }

  @Test
  void reachesTheToolAndStaysNowhereElse() throws Exception {
    Files.createFile(folder.resolve("flag"));
    CommandRun run = call("run", "--verbose", "--outdir", "out", "w.cwl", "job.yml");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(folder.resolve("out/said.txt")).hasContent(EXPECTED);
    assertThat(run.err()).contains("***");
    assertThat(filesWithSecret()).allMatch(SecretsIT::isToolsOwn);
    assertThat(filesWithSecret()).anyMatch(path -> path.endsWith("out/said.txt"));
    assertThat(call("show", "latest").code()).isZero();
    assertThat(call("show", "--json", "latest").code()).isZero();
    assertThat(call("runs", "--json").code()).isZero();
    CommandRun again = call("run", "--outdir", "again", "w.cwl", "job.yml");
    assertThat(again.code()).isZero();
    assertThat(folder.resolve("home/cache"))
        .satisfiesAnyOf(
            cache -> assertThat(cache).doesNotExist(), cache -> assertThat(files(cache)).isEmpty());
  }

  @Test
  void isRetriedWithWhatHadFinished() throws Exception {
    CommandRun failed = call("run", "--outdir", "out", "w.cwl", "job.yml");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("exit code 1", "Bearer ***");

    Files.createFile(folder.resolve("flag"));
    CommandRun retried = call("retry", "--outdir", "out", "latest");

    assertThat(retried.code()).as(retried.err()).isZero();
    assertThat(folder.resolve("out/said.txt")).hasContent(EXPECTED);
    assertThat(filesWithSecret()).allMatch(SecretsIT::isToolsOwn);
    try (Stream<Path> said =
        Files.find(folder.resolve("home"), 9, (p, a) -> p.endsWith("said.txt"))) {
      assertThat(said).as("the first step was adopted").hasSize(1);
    }
    assertThat(call("retry", "--outdir", "out", "latest").code()).isZero();
  }

  @Test
  void isThereAfterAKill() throws Exception {
    Files.writeString(
        folder.resolve("slow.cwl"),
        LOGIN.replace("test ! -e wait", "test ! -e " + folder + "/wait"));
    Files.createFile(folder.resolve("wait"));
    Files.writeString(
        folder.resolve("slow-w.cwl"), WORKFLOW.replace("run: login.cwl", "run: slow.cwl"));
    Files.createFile(folder.resolve("flag"));
    ChildTwinflow child =
        ChildTwinflow.start(folder, List.of(), "run", "--outdir", "out", "slow-w.cwl", "job.yml");
    Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(60))
        .until(() -> filesWithSecret().stream().anyMatch(path -> path.endsWith("said.txt")));
    child.killAtOnce();
    assertThat(child.out() + child.err()).doesNotContain(SECRET);
    Files.delete(folder.resolve("wait"));

    CommandRun resumed = call("resume", "--outdir", "out", "latest");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(folder.resolve("out/said.txt")).hasContent(EXPECTED);
    assertThat(filesWithSecret()).allMatch(SecretsIT::isToolsOwn);
  }

  @Test
  void aLostKeyIsSaidAndTheRunCanStillBeRead() throws Exception {
    assertThat(call("run", "--outdir", "out", "w.cwl", "job.yml").code()).isEqualTo(1);
    Files.delete(folder.resolve("home/secrets/key"));

    CommandRun retried = call("retry", "--outdir", "out", "latest");

    assertThat(retried.code()).isEqualTo(1);
    assertThat(retried.err()).contains("secrets/key", "put it back");
    assertThat(call("show", "latest").code()).isZero();
  }

  @Test
  void goesWithItsRun() throws Exception {
    Files.createFile(folder.resolve("flag"));
    call("run", "--outdir", "out", "w.cwl", "job.yml");

    assertThat(call("runs", "--delete", "latest").code()).isZero();

    assertThat(files(folder.resolve("home/runs"))).isEmpty();
  }

  @Test
  void isWrittenIntoFilesOfExpressionsThatAreResults() throws Exception {
    Files.writeString(
        folder.resolve("e.cwl"),
        """
        cwlVersion: v1.2
        class: ExpressionTool
        $namespaces: {cwltool: "http://commonwl.org/cwltool#"}
        requirements: {InlineJavascriptRequirement: {}}
        hints: {"cwltool:Secrets": {secrets: [logins]}}
        inputs:
          logins: {type: {type: array, items: {type: record, name: login, fields: {user: string, key: string}}}}
        outputs: {file: File, first: string}
        expression: |
          ${return {file: {class: "File", basename: "keys", contents: inputs.logins[0].user + ":" + inputs.logins[1].key},
                    first: "key " + inputs.logins[0].key};}
        """);
    Files.writeString(
        folder.resolve("e.json"),
        "{\"logins\": [{\"user\": \"alice-in\", \"key\": \"k-1-wonder\"}, {\"user\": \"b\", \"key\": \"k-2-land\"}]}");
    CommandRun run = CommandRun.in(folder).call("run", "--outdir", "out", "e.cwl", "e.json");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(folder.resolve("out/keys")).hasContent("alice-in:k-2-land");
    assertThat(run.out() + run.err()).doesNotContain("k-1-wonder", "k-2-land", "alice-in");
    for (Path file : files(folder.resolve("home"))) {
      assertThat(text(file)).doesNotContain("k-1-wonder", "k-2-land", "alice-in");
    }
  }

  @Test
  void aSecretInTheNameOfAFileIsRefused() throws Exception {
    Files.writeString(
        folder.resolve("n.cwl"),
        """
        cwlVersion: v1.2
        class: CommandLineTool
        $namespaces: {cwltool: "http://commonwl.org/cwltool#"}
        hints: {"cwltool:Secrets": {secrets: [password]}}
        baseCommand: echo
        inputs: {password: string}
        stdout: $(inputs.password).txt
        outputs: {out: stdout}
        """);
    CommandRun run = CommandRun.in(folder).call("run", "n.cwl", "--password", "swordfish");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("secret cannot be part of the name", "***.txt");
  }

  private List<Path> filesWithSecret() throws IOException {
    return files(folder.resolve("home")).stream()
        .filter(file -> text(file).contains(SECRET) || text(file).contains("Hoopla"))
        .toList();
  }

  /** What it wrote itself: its outputs and logs. */
  private static boolean isToolsOwn(Path path) {
    return path.endsWith("out/said.txt")
        || path.endsWith("out.revoked/said.txt")
        || path.endsWith("stdout.log")
        || path.endsWith("stderr.log");
  }

  /** While others come and go. */
  private static List<Path> files(Path root) throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      return files(root);
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
