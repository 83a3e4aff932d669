package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.CommandLineBinding;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.FileTraits;
import io.twinflow.workflowdefs.cwl.LoadListing;
import io.twinflow.workflowdefs.cwl.OutputBinding;
import io.twinflow.workflowdefs.cwl.RecordField;
import io.twinflow.workflowdefs.cwl.SecondaryFile;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.ScalarNode;
import io.twinflow.workflowdefs.source.ScalarNode.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts that parameters, record fields and array items share. */
final class ParameterParts {

  static final Map<String, LoadListing> LISTINGS =
      Map.of(
          "no_listing", LoadListing.NONE,
          "shallow_listing", LoadListing.SHALLOW,
          "deep_listing", LoadListing.DEEP);

  private final Reading reading;
  private final CwlVersion version;
  private final LoadListing defaultListing;
  private final boolean input;

  ParameterParts(Reading reading, CwlVersion version, LoadListing defaultListing, boolean input) {
    this.reading = reading;
    this.version = version;
    this.defaultListing = defaultListing;
    this.input = input;
  }

  @Nullable CommandLineBinding schemaBinding(Fields fields) {
    if (!input) {
      fields.ignore("outputBinding");
    }
    return binding(fields);
  }

  @Nullable CommandLineBinding binding(Fields fields) {
    return fields.node("inputBinding") instanceof Node node ? binding(node, "inputBinding") : null;
  }

  @Nullable CommandLineBinding binding(Node node, String where) {
    if (!(node instanceof MapNode map)) {
      reading.error(
          node.position(), "expected a map for \"" + where + "\", found " + node.describe() + ".");
      return null;
    }
    Fields fields = new Fields(map, "command line binding", reading);
    CommandLineBinding binding =
        new CommandLineBinding(
            fields.expressionOr("position", "a whole number", Kind.INTEGER),
            fields.string("prefix"),
            fields.bool("separate", true),
            fields.string("itemSeparator"),
            fields.expression("valueFrom"),
            fields.bool("shellQuote", true),
            fields.bool("loadContents", false),
            map.position());
    fields.done();
    return binding;
  }

  @Nullable OutputBinding outputBinding(Fields fields) {
    Node node = fields.node("outputBinding");
    if (node == null) {
      return null;
    }
    if (!(node instanceof MapNode map)) {
      fields.wrong("outputBinding", node, "a map");
      return null;
    }
    Fields inner = new Fields(map, "output binding", reading);
    LoadListing listing = version == CwlVersion.V1_0 ? null : inner.symbol("loadListing", LISTINGS);
    OutputBinding binding =
        new OutputBinding(
            inner.expressions("glob"),
            inner.bool("loadContents", false),
            listing == null ? defaultListing : listing,
            inner.expression("outputEval"),
            map.position());
    inner.done();
    return binding;
  }

  FileTraits traits(Fields fields, @Nullable CommandLineBinding binding) {
    boolean loads = input && version != CwlVersion.V1_0;
    boolean contents = loads && fields.bool("loadContents", false);
    LoadListing listing = loads ? fields.symbol("loadListing", LISTINGS) : null;
    return new FileTraits(
        secondaryFiles(fields.node("secondaryFiles")),
        fields.bool("streamable", false),
        formats(fields),
        contents || (binding != null && binding.loadContents()),
        listing == null ? defaultListing : listing);
  }

  private List<ExpressionText> formats(Fields fields) {
    return fields.expressions("format").stream()
        .map(format ->
            format.needsEvaluation()
                ? format
                : new ExpressionText(
                    reading.documents().expand(format.text(), format.position()),
                    format.position()))
        .toList();
  }

  private List<SecondaryFile> secondaryFiles(@Nullable Node node) {
    List<SecondaryFile> files = new ArrayList<>();
    switch (node) {
      case null -> {}
      case ListNode list -> {
        for (Node item : list.items()) {
          if (item instanceof ListNode) {
            wrongSecondaryFile(item);
          } else {
            files.addAll(secondaryFiles(item));
          }
        }
      }
      case MapNode map -> {
        if (version == CwlVersion.V1_0) {
          reading.error(
              map.position(),
              "in v1.0 a secondary file is a pattern or an expression; maps with \"pattern\" came"
                  + " with v1.1.");
        } else {
          files.add(secondaryFile(map));
        }
      }
      case ScalarNode scalar -> {
        if (scalar.kind() == Kind.STRING) {
          files.add(shorthand(scalar));
        } else {
          wrongSecondaryFile(scalar);
        }
      }
    }
    return files;
  }

  private void wrongSecondaryFile(Node node) {
    reading.error(
        node.position(),
        "expected a pattern, an expression or a map with \"pattern\" in \"secondaryFiles\", found "
            + node.describe()
            + ".");
  }

  private SecondaryFile shorthand(ScalarNode scalar) {
    String text = scalar.text();
    if (version != CwlVersion.V1_0 && text.endsWith("?")) {
      return new SecondaryFile(
          new ExpressionText(text.substring(0, text.length() - 1), scalar.position()),
          new ExpressionText("false", scalar.position()));
    }
    return new SecondaryFile(new ExpressionText(text, scalar.position()), null);
  }

  private SecondaryFile secondaryFile(MapNode map) {
    Fields fields = new Fields(map, "secondary file", reading);
    fields.required("pattern");
    ExpressionText pattern = fields.expression("pattern");
    ExpressionText required = fields.expressionOr("required", "true or false", Kind.BOOLEAN);
    fields.done();
    if (pattern != null && pattern.text().endsWith("?") && !pattern.needsEvaluation()) {
      return new SecondaryFile(
          new ExpressionText(
              pattern.text().substring(0, pattern.text().length() - 1), pattern.position()),
          required == null ? new ExpressionText("false", pattern.position()) : required);
    }
    return new SecondaryFile(
        pattern == null ? new ExpressionText("", map.position()) : pattern, required);
  }

  RecordField recordField(MapNode map, TypeReader types) {
    Fields fields = new Fields(map, "record field", reading);
    fields.required("name");
    String name = fields.string("name");
    Node type = fields.required("type");
    CommandLineBinding binding = input ? binding(fields) : null;
    OutputBinding outputBinding = input ? null : outputBinding(fields);
    RecordField field =
        new RecordField(
            name == null ? "" : Names.last(name),
            type == null ? CwlType.Primitive.ANY : types.read(type),
            fields.string("label"),
            fields.text("doc"),
            traits(fields, binding),
            binding,
            outputBinding,
            map.position());
    fields.ignore("inputBinding", "outputBinding").done();
    return field;
  }
}
