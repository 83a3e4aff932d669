package io.twinflow.workflowdefs.cwl.check;

import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.CwlType.Primitive;
import io.twinflow.workflowdefs.cwl.RecordField;
import java.util.List;

/**
 * Whether values of one type can be given where another is expected. A source of type Any is not
 * checked: whoever writes Any asks for that.
 */
enum Assignability {
  /** No value of the source fits. */
  NEVER,
  /** Some values fit, others do not. */
  MAYBE,
  /** Every value fits. */
  ALWAYS;

  static Assignability of(CwlType source, CwlType sink) {
    if (sink instanceof CwlType.UnionType || source instanceof CwlType.UnionType) {
      return unions(alternatives(source), alternatives(sink));
    }
    if (source == Primitive.ANY) {
      return sink == Primitive.NULL ? NEVER : ALWAYS;
    }
    return switch (sink) {
      case Primitive primitive -> primitive(source, primitive);
      case CwlType.EnumType symbols -> symbols(source, symbols);
      case CwlType.ArrayType array ->
          source instanceof CwlType.ArrayType from ? of(from.items(), array.items()) : NEVER;
      case CwlType.RecordType record ->
          source instanceof CwlType.RecordType from ? records(from, record) : NEVER;
      case CwlType.UnionType union -> of(source, union);
    };
  }

  static List<CwlType> alternatives(CwlType type) {
    return type instanceof CwlType.UnionType union ? union.alternatives() : List.of(type);
  }

  private static Assignability unions(List<CwlType> sources, List<CwlType> sinks) {
    boolean all = true;
    boolean some = false;
    for (CwlType source : sources) {
      Assignability best = NEVER;
      for (CwlType sink : sinks) {
        Assignability one = of(source, sink);
        best = one.compareTo(best) > 0 ? one : best;
      }
      all &= best == ALWAYS;
      boolean onlyNull = source == Primitive.NULL && sources.size() > 1;
      some |= best != NEVER && !onlyNull;
    }
    return all ? ALWAYS : some ? MAYBE : NEVER;
  }

  private static Assignability primitive(CwlType source, Primitive sink) {
    if (sink == Primitive.ANY) {
      return source == Primitive.NULL ? NEVER : ALWAYS;
    }
    if (source instanceof CwlType.EnumType) {
      return sink == Primitive.STRING ? ALWAYS : NEVER;
    }
    if (source == sink) {
      return ALWAYS;
    }
    int from = width(source);
    int to = width(sink);
    return from < 0 || to < 0 ? NEVER : from <= to || to >= 2 ? ALWAYS : MAYBE;
  }

  private static int width(CwlType type) {
    return type instanceof Primitive primitive
        ? List.of(Primitive.INT, Primitive.LONG, Primitive.FLOAT, Primitive.DOUBLE)
            .indexOf(primitive)
        : -1;
  }

  private static Assignability symbols(CwlType source, CwlType.EnumType sink) {
    if (source == Primitive.STRING) {
      return MAYBE;
    }
    if (!(source instanceof CwlType.EnumType from)) {
      return NEVER;
    }
    if (sink.symbols().containsAll(from.symbols())) {
      return ALWAYS;
    }
    return from.symbols().stream().anyMatch(sink.symbols()::contains) ? MAYBE : NEVER;
  }

  private static Assignability records(CwlType.RecordType source, CwlType.RecordType sink) {
    Assignability worst = ALWAYS;
    for (RecordField field : sink.fields()) {
      CwlType from =
          source.fields().stream()
              .filter(other -> other.name().equals(field.name()))
              .map(RecordField::type)
              .findFirst()
              .orElse(Primitive.NULL);
      Assignability one = of(from, field.type());
      worst = one.compareTo(worst) < 0 ? one : worst;
    }
    return worst;
  }
}
