package io.twinflow.workflowdefs.cwl.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.CwlType.Primitive;
import io.twinflow.workflowdefs.cwl.FileTraits;
import io.twinflow.workflowdefs.cwl.RecordField;
import io.twinflow.workflowdefs.source.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssignabilityTest {

  private static final CwlType OPTIONAL_FILE = union(Primitive.NULL, Primitive.FILE);

  @Test
  void numbersWiden() {
    assertFit(Primitive.INT, Primitive.LONG, Assignability.ALWAYS);
    assertFit(Primitive.LONG, Primitive.DOUBLE, Assignability.ALWAYS);
    assertFit(Primitive.LONG, Primitive.INT, Assignability.MAYBE);
    assertFit(Primitive.DOUBLE, Primitive.FLOAT, Assignability.ALWAYS);
    assertFit(Primitive.DOUBLE, Primitive.INT, Assignability.MAYBE);
    assertFit(Primitive.INT, Primitive.STRING, Assignability.NEVER);
  }

  @Test
  void unionsFitByTheirAlternatives() {
    assertFit(Primitive.FILE, OPTIONAL_FILE, Assignability.ALWAYS);
    assertFit(OPTIONAL_FILE, Primitive.FILE, Assignability.MAYBE);
    assertFit(OPTIONAL_FILE, union(Primitive.NULL, Primitive.STRING), Assignability.NEVER);
    assertFit(union(Primitive.INT, Primitive.STRING), Primitive.STRING, Assignability.MAYBE);
    assertFit(Primitive.NULL, OPTIONAL_FILE, Assignability.ALWAYS);
  }

  @Test
  void anyIsNotChecked() {
    assertFit(Primitive.ANY, array(Primitive.FILE), Assignability.ALWAYS);
    assertFit(array(Primitive.ANY), array(Primitive.FILE), Assignability.ALWAYS);
    assertFit(Primitive.FILE, Primitive.ANY, Assignability.ALWAYS);
    assertFit(Primitive.NULL, Primitive.ANY, Assignability.NEVER);
  }

  @Test
  void enumsAreStringsAndRecordsFitByField() {
    CwlType ab = new CwlType.EnumType(null, List.of("a", "b"), null);
    CwlType bc = new CwlType.EnumType(null, List.of("b", "c"), null);
    assertFit(ab, Primitive.STRING, Assignability.ALWAYS);
    assertFit(Primitive.STRING, ab, Assignability.MAYBE);
    assertFit(ab, bc, Assignability.MAYBE);
    assertFit(record("x", Primitive.INT), record("x", Primitive.LONG), Assignability.ALWAYS);
    assertFit(record("x", Primitive.INT), record("y", Primitive.INT), Assignability.NEVER);
    assertFit(record("x", Primitive.INT), record("y", OPTIONAL_FILE), Assignability.ALWAYS);
  }

  private static void assertFit(CwlType source, CwlType sink, Assignability expected) {
    assertThat(Assignability.of(source, sink)).isEqualTo(expected);
  }

  private static CwlType union(CwlType... types) {
    return new CwlType.UnionType(List.of(types));
  }

  private static CwlType array(CwlType items) {
    return new CwlType.ArrayType(items, null, null);
  }

  private static CwlType record(String field, CwlType type) {
    Position nowhere = Position.startOf("test");
    RecordField only =
        new RecordField(field, type, null, null, FileTraits.NONE, null, null, nowhere);
    return new CwlType.RecordType(null, List.of(only), null);
  }
}
