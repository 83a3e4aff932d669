package io.twinflow.engine.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.Invocation;
import io.twinflow.engine.cli.TerminalKind;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.CwlType.Primitive;
import io.twinflow.workflowdefs.cwl.FileTraits;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InputFlagsTest {

  private static final CwlType OPTIONAL_FILE =
      new CwlType.UnionType(List.of(Primitive.NULL, Primitive.FILE));
  private static final CwlType COLOUR =
      new CwlType.EnumType("colour", List.of("red", "green"), null);

  private static InputParameter input(String name, CwlType type) {
    return new InputParameter(
        name, type, null, null, FileTraits.NONE, null, null, Position.startOf("w.cwl"));
  }

  private static InputFlags.Sorted sort(List<InputParameter> inputs, String... words) {
    return sort(true, inputs, words);
  }

  private static InputFlags.Sorted sort(
      boolean optionsAlsoAfter, List<InputParameter> inputs, String... words) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Invocation invocation =
        new Invocation(
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            Map.of(),
            Path.of("/here"),
            TerminalKind.NONE);
    return new InputFlags(
            inputs,
            invocation,
            new InputFlags.Options(
                Set.of("--outdir", "--quiet", "-q"), "--outdir"::equals, optionsAlsoAfter))
        .sort(List.of(words));
  }

  @Test
  void readsEachTypeFromItsFlag() {
    InputFlags.Sorted sorted =
        sort(
            List.of(
                input("n", Primitive.INT),
                input("name", Primitive.STRING),
                input("data", OPTIONAL_FILE),
                input("colour", COLOUR),
                input("fast", Primitive.BOOLEAN),
                input("slow", Primitive.BOOLEAN),
                input("any", Primitive.ANY)),
            "--n",
            "-3",
            "--name=a=b",
            "--data",
            "x/y z.csv",
            "--colour",
            "red",
            "--fast",
            "--no-slow",
            "--any",
            "{\"a\": [1]}");

    assertThat(sorted.problems()).isEmpty();
    assertThat(sorted.values())
        .containsEntry("n", new IntegerValue(-3))
        .containsEntry("name", new StringValue("a=b"))
        .containsEntry("data", FileValue.at("file:///here/x/y%20z.csv", "y z.csv"))
        .containsEntry("colour", new StringValue("red"))
        .containsEntry("fast", BooleanValue.TRUE)
        .containsEntry("slow", BooleanValue.FALSE)
        .containsEntry(
            "any", new RecordValue(Map.of("a", new ListValue(List.of(new IntegerValue(1))))));
  }

  @Test
  void gathersAListFromRepeatedFlagsOrJson() {
    List<InputParameter> inputs =
        List.of(input("n", new CwlType.ArrayType(Primitive.INT, null, null)));
    ListValue both = new ListValue(List.of(new IntegerValue(1), new IntegerValue(2)));

    assertThat(sort(inputs, "--n", "1", "--n", "2").values()).containsEntry("n", both);
    assertThat(sort(inputs, "--n", "[1, 2]").values()).containsEntry("n", both);
  }

  @Test
  void leavesFilesAndOptionsToTheCommand() {
    InputFlags.Sorted sorted =
        sort(
            List.of(input("n", Primitive.INT)),
            "job.yml",
            "--outdir",
            "out",
            "--quiet",
            "--n",
            "1");

    assertThat(sorted.files()).containsExactly("job.yml");
    assertThat(sorted.options()).containsExactly("--outdir", "out", "--quiet");
    assertThat(sorted.values()).containsKey("n");
  }

  @Test
  void anInputWinsOverAnOptionOfTheSameName() {
    InputFlags.Sorted sorted = sort(List.of(input("outdir", Primitive.STRING)), "--outdir", "x");

    assertThat(sorted.options()).isEmpty();
    assertThat(sorted.values()).containsEntry("outdir", new StringValue("x"));
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    InputFlags.Sorted sorted =
        sort(
            List.of(input("number", Primitive.INT), input("colour", COLOUR)),
            "--number",
            "many",
            "--colour",
            "gren",
            "--nubmer",
            "3");

    assertThat(sorted.problems())
        .containsExactly(
            "--number: expected a whole number (int), found 'many'.",
            "--colour: expected one of red, green, found 'gren'. Did you mean \"green\"?",
            "--nubmer: the workflow has no such input. Did you mean \"--number\"?");
  }

  @Test
  void aSlipInAnOptionOfTheCommandGetsItsName() {
    assertThat(sort(List.of(input("n", Primitive.INT)), "--outdri", "x").problems())
        .containsExactly("--outdri: the workflow has no such input. Did you mean \"--outdir\"?");
  }

  @Test
  void whereOptionsStandBeforeTheWorkflowOneAfterItIsToldSo() {
    assertThat(sort(false, List.of(input("n", Primitive.INT)), "--outdir", "x").problems())
        .containsExactly("--outdir: an option of the command stands before the workflow.");
  }

  @Test
  void saysWhenAValueIsMissing() {
    assertThat(sort(List.of(input("n", Primitive.INT)), "--n").problems())
        .containsExactly("--n: expected a value after it (int).");
  }

  @Test
  void takesAListForAnInputOfListsAsOneItemOrAsAll() {
    CwlType row = new CwlType.ArrayType(Primitive.INT, null, null);
    List<InputParameter> inputs = List.of(input("mat", new CwlType.ArrayType(row, null, null)));
    ListValue matrix =
        new ListValue(
            List.of(
                new ListValue(List.of(new IntegerValue(1), new IntegerValue(2))),
                new ListValue(List.of(new IntegerValue(3)))));

    assertThat(sort(inputs, "--mat", "[1,2]", "--mat", "[3]").values())
        .containsEntry("mat", matrix);
    assertThat(sort(inputs, "--mat", "[[1,2],[3]]").values()).containsEntry("mat", matrix);
  }

  @Test
  void takesTheWordsTrueAndFalseAfterABooleanFlag() {
    List<InputParameter> inputs = List.of(input("fast", Primitive.BOOLEAN));

    assertThat(sort(inputs, "--fast", "false").values()).containsEntry("fast", BooleanValue.FALSE);
    assertThat(sort(inputs, "--fast", "true").values()).containsEntry("fast", BooleanValue.TRUE);
    InputFlags.Sorted beforeFile = sort(inputs, "--fast", "job.yml");
    assertThat(beforeFile.values()).containsEntry("fast", BooleanValue.TRUE);
    assertThat(beforeFile.files()).containsExactly("job.yml");
  }
}
