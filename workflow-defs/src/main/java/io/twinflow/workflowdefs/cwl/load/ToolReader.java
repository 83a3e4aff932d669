package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.CommandLineBinding;
import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.LoadListing;
import io.twinflow.workflowdefs.cwl.OutputBinding;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** CommandLineTool; the shortcuts of stdin, stdout and stderr become what they stand for. */
final class ToolReader implements ParameterReader.OutputFields {

  private final ProcessContext context;
  private final Fields fields;
  private @Nullable ExpressionText stdin;
  private @Nullable ExpressionText stdout;
  private @Nullable ExpressionText stderr;

  ToolReader(ProcessContext context) {
    this.context = context;
    this.fields = context.fields();
  }

  CommandLineTool read() {
    stdin = fields.expression("stdin");
    stdout = fields.expression("stdout");
    stderr = fields.expression("stderr");
    List<InputParameter> inputs = context.parameters(true).inputs(fields, this::stdin);
    List<OutputParameter> outputs = context.parameters(false).outputs(fields, this);
    return new CommandLineTool(
        context.header(),
        inputs,
        outputs,
        fields.strings("baseCommand"),
        arguments(),
        stdin,
        stdout,
        stderr,
        fields.integers("successCodes"),
        fields.integers("temporaryFailCodes"),
        fields.integers("permanentFailCodes"));
  }

  private void stdin(InputParameter input) {
    if (stdin != null) {
      context
          .reading()
          .error(
              input.position(),
              "the type stdin and the field \"stdin\" exclude each other, and only one input can"
                  + " be stdin.");
    }
    stdin = new ExpressionText("$(inputs." + input.name() + ".path)", input.position());
  }

  private List<CommandLineBinding> arguments() {
    List<CommandLineBinding> arguments = new ArrayList<>();
    Node node = fields.node("arguments");
    if (node instanceof ListNode list) {
      for (Node item : list.items()) {
        CommandLineBinding argument = argument(item);
        if (argument != null) {
          arguments.add(argument);
        }
      }
    } else if (node != null) {
      fields.wrong("arguments", node, "a list");
    }
    return arguments;
  }

  private @Nullable CommandLineBinding argument(Node item) {
    if (item instanceof MapNode map) {
      CommandLineBinding binding = context.parts(true).binding(item, "arguments");
      if (!map.has("valueFrom")) {
        context
            .reading()
            .problems()
            .warning(
                map.position(),
                "this argument has no \"valueFrom\" and adds nothing to the command line; a prefix"
                    + " alone is written as a string.");
        return null;
      }
      return binding;
    }
    if (item instanceof ScalarNode scalar && scalar.kind() == ScalarNode.Kind.STRING) {
      return new CommandLineBinding(
          null,
          null,
          true,
          null,
          new ExpressionText(scalar.text(), scalar.position()),
          true,
          false,
          scalar.position());
    }
    fields.wrong("arguments", item, "a string or a binding");
    return null;
  }

  @Override
  public @Nullable OutputBinding shortcut(@Nullable Node type, MapNode output) {
    if (ParameterReader.isString(type, "stdout")) {
      stdout = stdout == null ? generated("stdout", output.position()) : stdout;
      return glob(stdout, output.position());
    }
    if (ParameterReader.isString(type, "stderr")) {
      stderr = stderr == null ? generated("stderr", output.position()) : stderr;
      return glob(stderr, output.position());
    }
    return null;
  }

  @Override
  public void more(Fields output) {}

  private static OutputBinding glob(ExpressionText name, Position position) {
    return new OutputBinding(List.of(name), false, LoadListing.NONE, null, position);
  }

  /** A name that no tool would choose, and the same one each time the document is loaded. */
  private ExpressionText generated(String stream, Position position) {
    byte[] seed =
        (context.header().name() + "\n" + position.line() + "\n" + stream)
            .getBytes(StandardCharsets.UTF_8);
    return new ExpressionText(UUID.nameUUIDFromBytes(seed) + "." + stream, position);
  }
}
