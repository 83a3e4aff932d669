package io.twinflow.workflowdefs.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.source.NodeReader;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.source.ReadLimits;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeValuesTest {

  private final ProblemLog problems = new ProblemLog();

  @Test
  void locationsAndPathsBecomeAbsolute() throws Exception {
    assertThat(value("{class: File, location: a%20b.txt}"))
        .isEqualTo(FileValue.at("file:///d/a%20b.txt", "a b.txt"));
    assertThat(value("{class: File, path: 'A:Gln2Cys'}"))
        .isEqualTo(FileValue.at("file:///d/A:Gln2Cys", "A:Gln2Cys"));
    assertThat(value("{class: File, path: 'item #1.txt', basename: x}"))
        .isEqualTo(FileValue.at("file:///d/item%20%231.txt", "x"));
    assertThat(value("{class: Directory, path: /data/}"))
        .isEqualTo(new DirectoryValue("file:///data/", null, "data", null));
  }

  @Test
  void secondaryFilesAndListingsAreFilesToo() throws Exception {
    FileValue file =
        (FileValue)
            value("{class: File, path: a.bam, secondaryFiles: [{class: File, path: a.bai}]}");
    assertThat(file.secondaryFiles()).containsExactly(FileValue.at("file:///d/a.bai", "a.bai"));

    DirectoryValue directory =
        (DirectoryValue) value("{class: Directory, basename: d, listing: []}");
    assertThat(directory.listing()).isEmpty();
    assertThat(directory.location()).isNull();
  }

  @Test
  void numbersKeepTheirDigits() throws Exception {
    assertThat(value("9223372036854775807")).isEqualTo(new IntegerValue(Long.MAX_VALUE));
    assertThat(value("9223372036854775808"))
        .isEqualTo(new DecimalValue(new BigDecimal("9223372036854775808")));
    assertThat(value("1.10")).isEqualTo(new DecimalValue(new BigDecimal("1.10")));
  }

  @Test
  void aFileThatIsNowhereIsAProblem() throws Exception {
    value("a:\n  class: File\n");
    value("{class: File, path: x, secondaryFiles: [y]}");
    value("1e999999999");

    assertThat(problems.all())
        .extracting(Object::toString)
        .satisfiesExactly(
            text -> assertThat(text).contains("exponent"),
            text -> assertThat(text).contains("expected a File or Directory"),
            text -> assertThat(text).startsWith("job.yml:2:3: a File needs \"location\""));
  }

  @Test
  void recordsKeepTheOrderOfTheirFields() throws Exception {
    RecordValue record = (RecordValue) value("{z: 1, a: 2}");
    assertThat(List.copyOf(record.fields().keySet())).containsExactly("z", "a");
  }

  private Value value(String yaml) throws Exception {
    return new NodeValues(NodeContext.of("file:///d/job.yml"), problems)
        .value(NodeReader.read(yaml, "job.yml", ReadLimits.DEFAULT));
  }
}
