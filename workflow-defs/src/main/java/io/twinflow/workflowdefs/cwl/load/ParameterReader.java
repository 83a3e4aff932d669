package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.CommandLineBinding;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.OutputBinding;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The inputs and outputs of a process of any class. */
final class ParameterReader {

  private final Reading reading;
  private final ParameterParts parts;
  private final TypeReader types;

  ParameterReader(Reading reading, ParameterParts parts, TypeReader types) {
    this.reading = reading;
    this.parts = parts;
    this.types = types;
  }

  /**
   * @param shortcut called with the name of each input of type {@code stdin}
   */
  List<InputParameter> inputs(Fields process, @Nullable Consumer<InputParameter> shortcut) {
    process.required("inputs");
    List<InputParameter> inputs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (MapNode map : process.items("inputs", "id", "type")) {
      Fields fields = new Fields(map, "input", reading);
      String name = name(fields, names);
      Node type = fields.required("type");
      boolean stdin = shortcut != null && isString(type, "stdin");
      CommandLineBinding binding = parts.binding(fields);
      Node defaultNode = fields.node("default");
      InputParameter input =
          new InputParameter(
              name,
              type == null
                  ? CwlType.Primitive.ANY
                  : stdin ? CwlType.Primitive.FILE : types.read(type),
              fields.string("label"),
              fields.text("doc"),
              parts.traits(fields, binding),
              defaultNode == null ? null : reading.values().value(defaultNode),
              binding,
              map.position());
      fields.done();
      if (stdin && shortcut != null) {
        if (binding != null) {
          reading.error(map.position(), "an input of type stdin can have no \"inputBinding\".");
        }
        shortcut.accept(input);
      }
      inputs.add(input);
    }
    return inputs;
  }

  /** Reads outputs; {@code more} may take further fields. */
  interface OutputFields {
    /** The binding that a shortcut type stands for; null if the type is none. */
    @Nullable OutputBinding shortcut(@Nullable Node type, MapNode output);

    void more(Fields fields);
  }

  List<OutputParameter> outputs(Fields process, OutputFields special) {
    process.required("outputs");
    List<OutputParameter> outputs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (MapNode map : process.items("outputs", "id", "type")) {
      Fields fields = new Fields(map, "output", reading);
      String name = name(fields, names);
      Node type = fields.required("type");
      OutputBinding shortcut = special.shortcut(type, map);
      OutputBinding binding = parts.outputBinding(fields);
      if (shortcut != null && binding != null) {
        reading.error(
            binding.source(), "an output of type stdout or stderr can have no \"outputBinding\".");
      }
      outputs.add(
          new OutputParameter(
              name,
              type == null
                  ? CwlType.Primitive.ANY
                  : shortcut != null ? CwlType.Primitive.FILE : types.read(type),
              fields.string("label"),
              fields.text("doc"),
              parts.traits(fields, null),
              shortcut != null ? shortcut : binding,
              map.position()));
      special.more(fields);
      fields.done();
    }
    return outputs;
  }

  private String name(Fields fields, Set<String> names) {
    fields.required("id");
    String id = fields.string("id");
    String name = id == null ? "" : Names.last(id);
    if (!names.add(name)) {
      reading.error(
          fields.position("id"), "the id \"" + name + "\" stands twice; each must be unique.");
    }
    return name;
  }

  static boolean isString(@Nullable Node node, String text) {
    return node instanceof ScalarNode scalar && scalar.text().equals(text);
  }
}
