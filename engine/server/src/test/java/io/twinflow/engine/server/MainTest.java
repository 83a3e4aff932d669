package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

  private static String refused(String command, String... options) {
    StringWriter err = new StringWriter();
    CommandLine line = Main.line(command).setErr(new PrintWriter(err, true));

    assertThat(line.execute(options)).isEqualTo(CommandLine.ExitCode.USAGE);

    return err.toString();
  }

  @Test
  void whatIsWrongWithAnOptionIsNotBuriedUnderTheHelp() {
    assertThat(refused("serve", "--adress", "127.0.0.1"))
        .startsWith("twinflow serve: Unknown options: '--adress', '127.0.0.1'\n")
        .contains("--address")
        .endsWith("\nTry 'twinflow serve --help'.\n")
        .hasLineCount(3);
    assertThat(refused("serve", "--limit", "x"))
        .startsWith("twinflow serve: --limit x: expected OF/NAME/WHAT=N")
        .endsWith("\nTry 'twinflow serve --help'.\n")
        .hasLineCount(2);
    assertThat(refused("serve", "--allow-root", "/nowhere/at/all"))
        .startsWith("twinflow serve: --allow-root /nowhere/at/all: there is no such folder\n");
    assertThat(refused("restore", "x.tar.gz"))
        .isEqualTo(
            """
            twinflow restore: Missing required option: '--data=DIR'
            Try 'twinflow restore --help'.
            """);
  }
}
