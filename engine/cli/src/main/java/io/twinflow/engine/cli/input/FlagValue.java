package io.twinflow.engine.cli.input;

import io.twinflow.engine.cli.Invocation;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.NodeReader;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.source.ReadLimits;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.NodeContext;
import io.twinflow.workflowdefs.value.NodeValues;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.math.BigDecimal;
import java.util.List;

/** The text behind a flag to a value of the input's type. */
final class FlagValue {

  private final Invocation invocation;

  FlagValue(Invocation invocation) {
    this.invocation = invocation;
  }

  /** Says what was expected; the caller knows which flag it was. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    private final String hint;

    Unfit(String message) {
      this(message, "");
    }

    Unfit(String message, String hint) {
      super(message);
      this.hint = hint;
    }

    /** A sentence with a space before it, or empty. */
    String hint() {
      return hint;
    }
  }

  Value read(String text, CwlType type) throws Unfit {
    return switch (type) {
      case CwlType.Primitive primitive -> primitive(text, primitive);
      case CwlType.EnumType symbols -> symbol(text, symbols);
      case CwlType.ArrayType array -> json(text, "a JSON list");
      case CwlType.RecordType record -> json(text, "a JSON object");
      case CwlType.UnionType union -> union(text, union.alternatives());
    };
  }

  private Value primitive(String text, CwlType.Primitive type) throws Unfit {
    return switch (type) {
      case NULL -> nothing(text);
      case BOOLEAN -> bool(text);
      case INT, LONG -> whole(text, type.cwlName());
      case FLOAT, DOUBLE -> decimal(text, type.cwlName());
      case STRING -> new StringValue(text);
      case FILE -> FileValue.at(location(text), Iri.basename(location(text)));
      case DIRECTORY ->
          new DirectoryValue(location(text), null, Iri.basename(location(text)), null);
      case ANY -> looksLikeJson(text) ? json(text, "a JSON value") : new StringValue(text);
    };
  }

  private static Value nothing(String text) throws Unfit {
    if (text.equals("null")) {
      return NullValue.NULL;
    }
    throw new Unfit("expected null");
  }

  private static Value bool(String text) throws Unfit {
    return switch (text) {
      case "true" -> BooleanValue.TRUE;
      case "false" -> BooleanValue.FALSE;
      default -> throw new Unfit("expected true or false");
    };
  }

  private static Value whole(String text, String type) throws Unfit {
    try {
      long number = Long.parseLong(text);
      if (type.equals("int") && number != (int) number) {
        throw new Unfit("expected an int, at most " + Integer.MAX_VALUE);
      }
      return new IntegerValue(number);
    } catch (NumberFormatException e) {
      throw new Unfit("expected a whole number (" + type + ")");
    }
  }

  private static Value decimal(String text, String type) throws Unfit {
    try {
      return new DecimalValue(new BigDecimal(text));
    } catch (NumberFormatException e) {
      throw new Unfit("expected a number (" + type + ")");
    }
  }

  private static Value symbol(String text, CwlType.EnumType type) throws Unfit {
    if (type.symbols().contains(text)) {
      return new StringValue(text);
    }
    throw new Unfit(
        "expected one of " + String.join(", ", type.symbols()),
        NearestName.hint(text, type.symbols()));
  }

  private Value union(String text, List<CwlType> alternatives) throws Unfit {
    Unfit first = null;
    // A string takes everything, so it is asked last.
    for (boolean strings : new boolean[] {false, true}) {
      for (CwlType type : alternatives) {
        if (strings != (type == CwlType.Primitive.STRING || type == CwlType.Primitive.ANY)) {
          continue;
        }
        try {
          return read(text, type);
        } catch (Unfit e) {
          first = first == null || type != CwlType.Primitive.NULL ? e : first;
        }
      }
    }
    throw first == null ? new Unfit("expected nothing at all") : first;
  }

  private Value json(String text, String expected) throws Unfit {
    try {
      Node node = NodeReader.read(text, "the command line", ReadLimits.DEFAULT);
      ProblemLog problems = new ProblemLog();
      Value value =
          new NodeValues(NodeContext.of(Iri.ofFolder(invocation.cwd())), problems).value(node);
      problems.throwIfAny();
      return value;
    } catch (InvalidDefinitionException e) {
      throw new Unfit("expected " + expected + ": " + e.problems().getFirst().message());
    }
  }

  private static boolean looksLikeJson(String text) {
    return text.matches("(?s)[\\[{\"].*|-?[0-9.]+([eE][-+]?[0-9]+)?|true|false|null");
  }

  private String location(String text) {
    return Iri.isAbsolute(text)
        ? Iri.resolveLocation(Iri.ofFolder(invocation.cwd()), text)
        : Iri.resolvePath(Iri.ofFolder(invocation.cwd()), text);
  }
}
