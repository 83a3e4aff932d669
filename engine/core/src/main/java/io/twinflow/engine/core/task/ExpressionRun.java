package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.ExpressionTool;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.FilesIn;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Evaluates an ExpressionTool: nothing is staged, files are known by location or are literals. CWL
 * v1.2, "ExpressionTool". Safe for many threads.
 */
public final class ExpressionRun {

  private final Evaluator evaluator;
  private final ProcessInputs processInputs;

  public ExpressionRun(Evaluator evaluator, ProcessInputs processInputs) {
    this.evaluator = evaluator;
    this.processInputs = processInputs;
  }

  /**
   * @param requirements what holds for the tool: its own and those inherited
   * @param inputs as the links gave them; with absolute locations
   * @return the outputs; literal files and directories have no location
   */
  public RecordValue run(
      ExpressionTool tool, Requirements requirements, FormatOntology ontology, RecordValue inputs)
      throws FailureException {
    RecordValue resolved = processInputs.resolve(tool.inputs(), requirements, ontology, inputs);
    Scope scope =
        Scope.of(
            evaluator,
            resolved,
            null,
            requirements
                .find(Requirement.InlineJavascript.class)
                .map(Requirement.InlineJavascript::expressionLib)
                .orElse(null));
    ResourceRequest resources = new Resources(scope).request(requirements);
    Value result = scope.withRuntime(RuntimeObject.of(null, resources)).evaluate(tool.expression());
    if (!(result instanceof RecordValue object)) {
      throw Faults.user(
          "expression.type",
          "%s: the expression must give an object with the outputs, found %s"
              .formatted(tool.expression().position(), Show.value(result)));
    }
    Set<String> known = new HashSet<>();
    FilesIn.forEach(
        resolved,
        file -> {
          if (file.location() != null) {
            known.add(file.location());
          }
        });
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (OutputParameter output : tool.outputs()) {
      String what = output.position() + ": output '" + output.name() + "'";
      Value value = FileWalk.map(object.get(output.name()), file -> checked(file, known, what));
      // The suites hold that an output of type Any may be null, whatever the text says.
      String wrong =
          output.type() == CwlType.Primitive.ANY && value == NullValue.NULL
              ? null
              : TypeCheck.mismatch(output.type(), value, what);
      if (wrong != null) {
        throw Faults.user("output.type", wrong);
      }
      outputs.put(output.name(), value);
    }
    return new RecordValue(outputs);
  }

  private static FileOrDirectory checked(FileOrDirectory file, Set<String> known, String what)
      throws FailureException {
    FileOrDirectory named = FileLookup.named(file, what);
    String location = named.location();
    if (location != null && !Locations.isLiteral(named) && !isKnown(location, known)) {
      throw Faults.user(
          "output.escape",
          "%s: %s is not an input of the expression; pass the location of an input, or a literal with contents"
              .formatted(what, Locations.show(location)));
    }
    boolean located = location != null && !Locations.isLiteral(named);
    return switch (named) {
      case FileValue f -> {
        if (!located && f.contents() == null) {
          throw nothing(f, what);
        }
        yield f.withLocation(located ? location : null)
            .withPath(null)
            .withContents(located ? null : f.contents())
            .withSecondaryFiles(
                FileWalk.map(f.secondaryFiles(), inner -> checked(inner, known, what)));
      }
      case DirectoryValue d when located -> d.withPath(null).withListing(null);
      case DirectoryValue d -> {
        if (d.listing() == null) {
          throw nothing(d, what);
        }
        yield d.withLocation(null)
            .withPath(null)
            .withListing(FileWalk.map(FileWalk.listing(d), inner -> checked(inner, known, what)));
      }
    };
  }

  private static FailureException nothing(FileOrDirectory file, String what) {
    return Faults.user(
        "output.type",
        "%s: %s needs the location of an input, or contents (a Directory: a listing)"
            .formatted(what, Show.name(file)));
  }

  private static boolean isKnown(String location, Set<String> known) {
    for (String at = location; at.lastIndexOf('/') > 0; at = at.substring(0, at.lastIndexOf('/'))) {
      if (known.contains(at) || known.contains(at + "/")) {
        return true;
      }
    }
    return false;
  }
}
