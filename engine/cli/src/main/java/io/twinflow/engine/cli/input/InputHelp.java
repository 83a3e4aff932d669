package io.twinflow.engine.cli.input;

import io.twinflow.engine.cli.display.Words;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.cwl.check.TypeText;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a workflow takes and yields, as help for its flags. */
public final class InputHelp {

  private static final int MOST_DEFAULT = 60;
  private static final int DOC_WIDTH = 76;

  private InputHelp() {}

  public static List<String> lines(CwlProcess process, String written) {
    List<String> lines = new ArrayList<>();
    lines.add("Usage: twinflow run [options] " + written + " [INPUTS.yml] [--NAME VALUE]...");
    text(process.header().label(), "", lines);
    text(process.header().doc(), "", lines);
    if (!process.inputs().isEmpty()) {
      lines.add("");
      lines.add("Inputs:");
      process.inputs().forEach(input -> input(input, lines));
    }
    if (!process.outputs().isEmpty()) {
      lines.add("");
      lines.add("Outputs:");
      for (OutputParameter output : process.outputs()) {
        lines.add("  " + output.name() + "  (" + TypeText.of(output.type()) + ")");
        text(output.label(), "      ", lines);
        text(output.doc(), "      ", lines);
      }
    }
    lines.add("");
    lines.add("Lists: repeat the flag. Records: JSON. Paths start from the working folder.");
    lines.add("Options of the command itself: twinflow run --help");
    return lines;
  }

  private static void input(InputParameter input, List<String> lines) {
    CwlType type = input.type();
    boolean optional =
        type == CwlType.Primitive.NULL
            || (type instanceof CwlType.UnionType union
                && union.alternatives().contains(CwlType.Primitive.NULL));
    String needed =
        input.defaultValue() != null
            ? "default: " + shown(input.defaultValue())
            : optional ? "optional" : "required";
    lines.add("  --" + input.name() + "  (" + TypeText.of(type) + ", " + needed + ")");
    text(input.label(), "      ", lines);
    text(input.doc(), "      ", lines);
  }

  private static String shown(Value value) {
    return switch (value) {
      case NullValue nothing -> "none";
      case FileValue file -> file.location() == null ? "a literal file" : file.location();
      default -> Words.fit(ValueJson.write(value), MOST_DEFAULT);
    };
  }

  private static void text(@Nullable String text, String indent, List<String> lines) {
    if (text == null || text.isBlank()) {
      return;
    }
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.strip().split("\\s+", -1)) {
      if (line.length() + word.length() > DOC_WIDTH && line.length() > indent.length()) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(indent);
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().stripTrailing());
  }
}
