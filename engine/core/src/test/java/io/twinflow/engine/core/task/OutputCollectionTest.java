package io.twinflow.engine.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.testing.FakeEnd;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class OutputCollectionTest {

  private static final String TOOL =
      """
      baseCommand: x
      requirements: {InlineJavascriptRequirement: {}}
      inputs: {f: 'File?'}
      outputs:
        o: %s
      """;
  private static final FakeEnd END =
      FakeEnd.success()
          .withFile("a.txt", "hello")
          .withFile("b.txt", "world!")
          .withFile("a.txt.idx", "i")
          .withFile("d/x", "1");

  private static Value collect(String output) throws Exception {
    return collect(output, END);
  }

  private static Value collect(String output, FakeEnd end) throws Exception {
    return new Bench()
        .with("file:///in/f", "input")
        .collect(
            TOOL.formatted(output),
            "{\"f\": {\"class\": \"File\", \"location\": \"file:///in/f\"}}",
            end)
        .outputs()
        .get("o");
  }

  @Test
  void findsOneFileWithChecksumAndSize() throws Exception {
    FileValue file = (FileValue) collect("{type: File, outputBinding: {glob: a.txt}}");

    assertThat(file.basename()).isEqualTo("a.txt");
    assertThat(file.size()).isEqualTo(5);
    assertThat(file.checksum()).isEqualTo("sha1$aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d");
    assertThat(file.path()).isNull();
  }

  @Test
  void tellsTheIdentityOfEachFile() throws Exception {
    CollectedOutputs collected =
        new Bench()
            .collect(TOOL.formatted("{type: 'File[]', outputBinding: {glob: '*.txt'}}"), "{}", END);

    assertThat(collected.artifacts()).extracting(a -> a.size()).containsExactly(5L, 6L);
  }

  @Test
  void findsFilesInTheOrderOfThePatternsEachOnce() throws Exception {
    ListValue files =
        (ListValue) collect("{type: 'File[]', outputBinding: {glob: [b.txt, '*.txt']}}");

    assertThat(files.items())
        .extracting(item -> ((FileValue) item).basename())
        .containsExactly("b.txt", "a.txt");
  }

  @Test
  void takesPatternsAndAbsolutePathsFromExpressions() throws Exception {
    ListValue files =
        (ListValue)
            collect(
                "{type: 'File[]', outputBinding: {glob: '$([runtime.outdir + \"/a.txt\", \"b.txt\"])'}}");

    assertThat(files.items()).hasSize(2);
  }

  @Test
  void saysWhatWasSoughtAndWhatIsThere() {
    assertThatThrownBy(() -> collect("{type: File, outputBinding: {glob: '*.csv'}}"))
        .hasMessageContaining("output 'o' is File, but nothing matched `*.csv`")
        .hasMessageContaining("the folder has: a.txt, a.txt.idx, b.txt, d");
    assertThatThrownBy(() -> collect("{type: File, outputBinding: {glob: '*.txt'}}"))
        .hasMessageContaining("matched 2: 'a.txt', 'b.txt'");
    assertThatThrownBy(() -> collect("{type: File, outputBinding: {glob: d}}"))
        .hasMessageContaining("must be File, found the Directory 'd'");
  }

  @Test
  void leavesOptionalOutputsNull() throws Exception {
    assertThat(collect("{type: 'File?', outputBinding: {glob: '*.csv'}}"))
        .isEqualTo(NullValue.NULL);
    assertThat(collect("{type: 'File[]', outputBinding: {glob: '*.csv'}}"))
        .isEqualTo(ListValue.EMPTY);
  }

  @Test
  void refusesPathsThatLeadOut() {
    assertThatThrownBy(() -> collect("{type: File, outputBinding: {glob: /etc/passwd}}"))
        .hasMessageContaining("leads out");
    assertThatThrownBy(() ->
            collect(
                "{type: File, outputBinding: {outputEval: '$({class: \"File\", path: \"/etc/passwd\"})'}}"))
        .hasMessageContaining("neither in the working folder");
    assertThatThrownBy(() ->
            collect(
                "{type: File, outputBinding: {outputEval: '$({class: \"File\", location: \"file:///etc/passwd\"})'}}"))
        .hasMessageContaining("neither in the working folder");
  }

  @Test
  void evaluatesContentsAndTheExitCode() throws Exception {
    assertThat(
            collect(
                "{type: string, outputBinding: {glob: '[ab].txt', loadContents: true, outputEval: '$(self[0].contents + self[1].contents)'}}"))
        .isEqualTo(new StringValue("helloworld!"));
    assertThat(collect("{type: int, outputBinding: {outputEval: $(runtime.exitCode)}}"))
        .isEqualTo(new IntegerValue(0));
  }

  @Test
  void givesAnExpressionTheChecksumItAsksFor() throws Exception {
    assertThat(
            collect(
                "{type: string, outputBinding: {glob: a.txt, outputEval: '$(self[0].checksum)'}}"))
        .isEqualTo(new StringValue("sha1$aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"));
  }

  @Test
  void renamesAndPassesThrough() throws Exception {
    FileValue renamed =
        (FileValue)
            collect(
                "{type: File, outputBinding: {glob: a.txt, outputEval: '${self[0].basename = \"new\"; return self[0];}'}}");
    FileValue passed =
        (FileValue) collect("{type: File, outputBinding: {outputEval: $(inputs.f)}}");

    assertThat(renamed.basename()).isEqualTo("new");
    assertThat(renamed.location()).endsWith("/a.txt");
    assertThat(passed.location()).isEqualTo("file:///in/f");
    assertThat(passed.checksum()).startsWith("sha1$");
  }

  @Test
  void keepsLiterals() throws Exception {
    DirectoryValue folder =
        (DirectoryValue)
            collect(
                "{type: Directory, outputBinding: {glob: a.txt, outputEval: '$({class: \"Directory\", basename: \"n\", listing: [self[0], {class: \"File\", basename: \"l\", contents: \"c\"}]})'}}");

    assertThat(folder.location()).isNull();
    assertThat(folder.listing())
        .extracting(FileOrDirectory::basename)
        .containsExactly("a.txt", "l");
  }

  @Test
  void addsSecondaryFilesAndFormat() throws Exception {
    FileValue file =
        (FileValue)
            collect(
                "{type: File, format: 'http://f/x', secondaryFiles: [.idx, .none], outputBinding: {glob: a.txt}}");

    assertThat(file.format()).isEqualTo("http://f/x");
    assertThat(file.secondaryFiles())
        .extracting(FileOrDirectory::basename)
        .containsExactly("a.txt.idx");
    assertThatThrownBy(() ->
            collect(
                "{type: File, secondaryFiles: {pattern: .none, required: true}, outputBinding: {glob: a.txt}}"))
        .hasMessageContaining("did not make the secondary file 'a.txt.none'");
  }

  @Test
  void fillsRecordsFieldByField() throws Exception {
    RecordValue record =
        (RecordValue)
            collect(
                "{type: {type: record, fields: {x: {type: File, outputBinding: {glob: a.txt}}, y: {type: int, outputBinding: {outputEval: '$(3)'}}}}}");

    assertThat(record.get("x")).isInstanceOf(FileValue.class);
    assertThat(record.get("y")).isEqualTo(new IntegerValue(3));
  }

  @Test
  void takesTheOutputObjectThatTheToolWrote() throws Exception {
    String json =
        """
        {"o": {"class": "File", "path": "a.txt", "basename": "n.txt"}, "other": 1}
        """;
    FileValue file = (FileValue) collect("File", END.withFile("cwl.output.json", json));

    assertThat(file.basename()).isEqualTo("n.txt");
    assertThat(file.size()).isEqualTo(5);
    assertThatThrownBy(() -> collect("File", END.withFile("cwl.output.json", "{\"o\": 1}")))
        .hasMessageContaining("must be File, found the number 1");
    assertThatThrownBy(() -> collect("File", END.withFile("cwl.output.json", "{}")))
        .hasMessageContaining("cwl.output.json has no 'o'");
    assertThatThrownBy(() -> collect("File", END.withFile("cwl.output.json", "{")))
        .hasMessageContaining("is not JSON");
  }

  @Test
  void tellsWhatTheOutputObjectHoldsAndTheToolDoesNotDeclare() throws Exception {
    List<String> told = new ArrayList<>();
    Handler handler = new KeepMessages(told);
    Logger logger = Logger.getLogger(UndeclaredOutputs.class.getName());
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
    try {
      collect("int", END.withFile("cwl.output.json", "{\"o\": 1}"));
      assertThat(told).isEmpty();

      collect("int", END.withFile("cwl.output.json", "{\"o\": 1, \"a\": 2, \"b\\n\": 3}"));
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }

    assertThat(told).singleElement().asString().contains("dropped: 'a', 'b?'", "declares 'o'");
  }

  private static final class KeepMessages extends Handler {

    private final List<String> messages;

    KeepMessages(List<String> messages) {
      this.messages = messages;
    }

    @Override
    public void publish(LogRecord entry) {
      messages.add(entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void passesALiteralInputThrough() throws Exception {
    FileValue file =
        (FileValue)
            new Bench()
                .collect(
                    TOOL.formatted("{type: File, outputBinding: {outputEval: $(inputs.f)}}"),
                    "{\"f\": {\"class\": \"File\", \"basename\": \"l\", \"contents\": \"text\"}}",
                    END)
                .outputs()
                .get("o");

    assertThat(file.contents()).isEqualTo("text");
    assertThat(file.location()).isNull();
    assertThat(file.path()).isNull();
  }
}
