package io.twinflow.workflowdefs.cwl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CWL type with its schema-level bindings; named types are resolved. */
public sealed interface CwlType {

  /**
   * The types without structure. {@code stdin}, {@code stdout} and {@code stderr} are desugared.
   */
  enum Primitive implements CwlType {
    NULL("null"),
    BOOLEAN("boolean"),
    INT("int"),
    LONG("long"),
    FLOAT("float"),
    DOUBLE("double"),
    STRING("string"),
    FILE("File"),
    DIRECTORY("Directory"),
    ANY("Any");

    private final String cwlName;

    Primitive(String cwlName) {
      this.cwlName = cwlName;
    }

    public String cwlName() {
      return cwlName;
    }
  }

  /** An array; the binding applies to each item. */
  record ArrayType(CwlType items, @Nullable String name, @Nullable CommandLineBinding binding)
      implements CwlType {}

  /** A record; fields keep their order. */
  record RecordType(
      @Nullable String name, List<RecordField> fields, @Nullable CommandLineBinding binding)
      implements CwlType {
    public RecordType {
      fields = List.copyOf(fields);
    }
  }

  /** One of a set of strings; symbols without their namespace. */
  record EnumType(@Nullable String name, List<String> symbols, @Nullable CommandLineBinding binding)
      implements CwlType {
    public EnumType {
      symbols = List.copyOf(symbols);
    }
  }

  /** One of several types; an optional type has {@link Primitive#NULL} among them. */
  record UnionType(List<CwlType> alternatives) implements CwlType {
    public UnionType {
      alternatives = List.copyOf(alternatives);
    }
  }
}
