package io.twinflow.engine.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

  private static List<String> command(String body, String job) throws Exception {
    return new Bench().prepare(body, job).spec().command();
  }

  @ParameterizedTest(name = "{0} of {1} with {2} gives {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "string      | {prefix: -p}                     | \"a b\"          | tool,-p,a b",
        "string      | {prefix: -p, separate: false}    | \"x\"            | tool,-px",
        "int         | {prefix: -n}                     | 7                | tool,-n,7",
        "long        | {}                               | 12345678901      | tool,12345678901",
        "double      | {}                               | 0.00001          | tool,0.00001",
        "double      | {}                               | 1.23e-7          | tool,0.000000123",
        "double      | {}                               | 1.5e20           | tool,150000000000000000000",
        "double      | {}                               | 42               | tool,42",
        "boolean     | {prefix: -b}                     | true             | tool,-b",
        "boolean     | {prefix: -b}                     | false            | tool",
        "boolean     | {}                               | true             | tool",
        "string?     | {prefix: -p}                     | null             | tool",
        "string[]    | {}                               | [\"a\",\"b\"]    | tool,a,b",
        "string[]    | {prefix: -p}                     | [\"a\",\"b\"]    | tool,-p,a,b",
        "string[]    | {prefix: -p, itemSeparator: ';'} | [\"a\",\"b\"]    | tool,-p,a;b",
        "string[]    | {prefix: -p=, separate: false, itemSeparator: ';'} | [\"a\",\"b\"] | tool,-p=a;b",
        "string[]    | {prefix: -p}                     | []               | tool",
        "string[]    | {prefix: -p, itemSeparator: ';'} | []               | tool",
        "Any         | {prefix: -p}                     | [1,2]            | tool,-p,1,2",
        "Any         | {prefix: -p}                     | {\"a\":1}        | tool,-p",
        "string      | {valueFrom: '$(self)!'}          | \"a\"            | tool,a!",
        "string?     | {valueFrom: constant}            | null             | tool",
        "string      | {prefix: -p, valueFrom: constant}| \"a\"            | tool,-p,constant",
      })
  void buildsAnArgument(String type, String binding, String value, String expected)
      throws Exception {
    String body =
        "baseCommand: tool\noutputs: []\ninputs:\n  i:\n    type: %s\n    inputBinding: %s\n"
            .formatted(type, binding);

    List<String> words = command(body, "{\"i\": " + value + "}");

    assertThat(words).isEqualTo(Arrays.asList(expected.split(",")));
  }

  @Test
  void sortsByPositionThenArgumentsThenNames() throws Exception {
    String body =
        """
        baseCommand: [tool, sub]
        arguments: [first, {valueFrom: last, position: 9}]
        inputs:
          b: {type: string, inputBinding: {position: 2}}
          a: {type: string, inputBinding: {position: 2}}
          early: {type: string, inputBinding: {position: -1}}
          zero: {type: string, inputBinding: {}}
        outputs: []
        """;

    assertThat(command(body, "{\"a\":\"A\",\"b\":\"B\",\"early\":\"E\",\"zero\":\"Z\"}"))
        .containsExactly("tool", "sub", "E", "first", "Z", "A", "B", "last");
  }

  @Test
  void evaluatesPositionsWithTheValueAsSelf() throws Exception {
    String body =
        """
        baseCommand: tool
        inputs:
          a: {type: int, inputBinding: {position: $(self)}}
          b: {type: int, inputBinding: {position: $(inputs.a)}}
          c: {type: int, inputBinding: {position: 4}}
        outputs: []
        """;

    assertThat(command(body, "{\"a\":5,\"b\":1,\"c\":2}")).containsExactly("tool", "2", "5", "1");
  }

  @Test
  void bindsRecordFieldsBelowTheirRecord() throws Exception {
    String body =
        """
        baseCommand: tool
        inputs:
          a:
            type:
              type: record
              fields:
                y: {type: int, inputBinding: {position: 2, prefix: -y}}
                x: {type: 'int?', inputBinding: {position: 1, prefix: -x}}
            inputBinding: {position: 5, prefix: -a}
          b: {type: int, inputBinding: {position: 3}}
        outputs: []
        """;

    assertThat(command(body, "{\"a\":{\"x\":1,\"y\":2},\"b\":3}"))
        .containsExactly("tool", "3", "-a", "-x", "1", "-y", "2");
    assertThat(command(body, "{\"a\":{\"y\":2},\"b\":3}"))
        .containsExactly("tool", "3", "-a", "-y", "2");
  }

  @Test
  void repeatsTheBindingOfAnArraysItems() throws Exception {
    String body =
        """
        baseCommand: tool
        inputs:
          i:
            type: {type: array, items: string, inputBinding: {prefix: -i}}
            inputBinding: {prefix: -all}
        outputs: []
        """;

    assertThat(command(body, "{\"i\":[\"a\",\"b\"]}"))
        .containsExactly("tool", "-all", "-i", "a", "-i", "b");
  }

  @Test
  void picksTheAlternativeOfAUnionThatFits() throws Exception {
    String body =
        """
        baseCommand: tool
        inputs:
          i:
            type:
              - type: record
                fields: {n: {type: int, inputBinding: {prefix: -n}}}
              - type: record
                fields: {s: {type: string, inputBinding: {prefix: -s}}}
        outputs: []
        """;

    assertThat(command(body, "{\"i\":{\"s\":\"x\"}}")).containsExactly("tool", "-s", "x");
    assertThat(command(body, "{\"i\":{\"n\":1}}")).containsExactly("tool", "-n", "1");
  }

  @Test
  void quotesForTheShellWhatIsNotMeantForIt() throws Exception {
    String body =
        """
        requirements: {ShellCommandRequirement: {}}
        baseCommand: [echo, "it's"]
        arguments: [{valueFrom: '| wc > x', shellQuote: false, position: 2}]
        inputs: {s: {type: string, inputBinding: {position: 1}}}
        outputs: []
        """;

    assertThat(command(body, "{\"s\":\"$HOME `id`\\n\"}"))
        .containsExactly("/bin/sh", "-c", "echo 'it'\"'\"'s' '$HOME `id`\n' | wc > x");
  }

  @Test
  void putsTheMpiLauncherBeforeTheTool() throws Exception {
    String body =
        """
        requirements: {'cwltool:MPIRequirement': {processes: $(inputs.n)}}
        baseCommand: tool
        inputs: {n: int}
        outputs: []
        $namespaces: {cwltool: 'http://commonwl.org/cwltool#'}
        """;

    assertThat(command(body, "{\"n\":3}")).containsExactly("mpirun", "-n", "3", "tool");
  }

  @Test
  void masksSecretsWhereACommandIsShown() throws Exception {
    String body =
        """
        hints: {'cwltool:Secrets': {secrets: [key]}}
        baseCommand: tool
        arguments: ['--key=$(inputs.key)', shown]
        inputs: {key: string}
        outputs: []
        $namespaces: {cwltool: 'http://commonwl.org/cwltool#'}
        """;

    var spec = new Bench().prepare(body, "{\"key\":\"hunter2\"}").spec();

    assertThat(spec.command()).containsExactly("tool", "--key=hunter2", "shown");
    assertThat(spec.displayCommand()).containsExactly("tool", "--key=***", "shown");
  }

  @Test
  void refusesAnEmptyCommand() {
    assertThatThrownBy(() -> command("inputs: []\noutputs: []\n", "{}"))
        .hasMessageContaining("command line of")
        .hasMessageContaining("baseCommand");
  }

  @Test
  void givesStreamsTheirNames() throws Exception {
    String body =
        """
        baseCommand: cat
        stdin: $(inputs.f.path)
        stdout: $(inputs.f.nameroot).out
        stderr: log
        inputs: {f: File}
        outputs: []
        """;
    var spec =
        new Bench()
            .with("file:///data/a.txt", "x")
            .prepare(body, "{\"f\":{\"class\":\"File\",\"location\":\"file:///data/a.txt\"}}")
            .spec();

    assertThat(spec.stdin()).isEqualTo(Bench.IN + "/1/a.txt");
    assertThat(spec.stdout()).isEqualTo("a.out");
    assertThat(spec.stderr()).isEqualTo("log");
  }

  @Test
  void refusesAStdoutThatIsNotAFileName() {
    assertThatThrownBy(
            () -> command("baseCommand: x\nstdout: a/b\ninputs: []\noutputs: []\n", "{}"))
        .hasMessageContaining("stdout must be a file name")
        .hasMessageContaining("a/b");
  }
}
