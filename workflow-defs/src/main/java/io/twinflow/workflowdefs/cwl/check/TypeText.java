package io.twinflow.workflowdefs.cwl.check;

import io.twinflow.workflowdefs.cwl.CwlType;
import java.util.List;
import java.util.stream.Collectors;

/** Types as a person writes them. */
public final class TypeText {

  private TypeText() {}

  public static String of(CwlType type) {
    return switch (type) {
      case CwlType.Primitive primitive -> primitive.cwlName();
      case CwlType.ArrayType array -> array(array);
      case CwlType.RecordType record -> record(record);
      case CwlType.EnumType symbols -> "enum of " + String.join(", ", symbols.symbols());
      case CwlType.UnionType union -> union(union);
    };
  }

  private static String array(CwlType.ArrayType array) {
    String items = of(array.items());
    boolean simple =
        array.items() instanceof CwlType.Primitive || array.items() instanceof CwlType.ArrayType;
    return simple ? items + "[]" : "array of (" + items + ")";
  }

  private static String record(CwlType.RecordType record) {
    return record.fields().stream()
        .map(field -> field.name() + ": " + of(field.type()))
        .collect(Collectors.joining(", ", "record {", "}"));
  }

  private static String union(CwlType.UnionType union) {
    List<CwlType> others =
        union.alternatives().stream().filter(t -> t != CwlType.Primitive.NULL).toList();
    boolean optional = others.size() < union.alternatives().size();
    if (optional && others.size() == 1 && isShort(others.getFirst())) {
      return of(others.getFirst()) + "?";
    }
    String text = others.stream().map(TypeText::of).collect(Collectors.joining(" or "));
    return optional ? text + " or null" : text;
  }

  private static boolean isShort(CwlType type) {
    return type instanceof CwlType.Primitive
        || (type instanceof CwlType.ArrayType array && isShort(array.items()));
  }
}
