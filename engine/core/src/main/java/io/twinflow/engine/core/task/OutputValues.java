package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.FileTraits;
import io.twinflow.workflowdefs.cwl.OutputBinding;
import io.twinflow.workflowdefs.cwl.RecordField;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value of an output by its binding: glob, contents, outputEval, secondary files, format. */
final class OutputValues {

  private final OutputFiles files;
  private final SettledFiles settled;
  private final Scope scope;
  private final OutputSecondaryFiles secondaryFiles;

  OutputValues(OutputFiles files, SettledFiles settled, Scope scope) {
    this.files = files;
    this.settled = settled;
    this.scope = scope;
    this.secondaryFiles = new OutputSecondaryFiles(files, settled, scope);
  }

  /** With paths still in it; types are not yet checked. */
  Value of(CwlType type, FileTraits traits, @Nullable OutputBinding binding, String what)
      throws FailureException {
    if (binding == null) {
      CwlType.RecordType record = record(type);
      return record == null ? NullValue.NULL : fields(record, type, what);
    }
    Value value = FileWalk.map(bound(binding, what), file -> settled.settle(file, what));
    return FileWalk.map(single(type, value, binding, what), file -> traits(file, traits, what));
  }

  private Value bound(OutputBinding binding, String what) throws FailureException {
    ExpressionText outputEval = binding.outputEval();
    Value self = NullValue.NULL;
    if (!binding.globs().isEmpty()) {
      boolean checksums = outputEval != null && outputEval.text().contains("checksum");
      List<Value> matched = new ArrayList<>();
      for (FileOrDirectory file : files.glob(CollectGlobs.patterns(binding, scope), what)) {
        FileOrDirectory seen = checksums ? files.withChecksum(file) : file;
        matched.add(
            files.loaded(seen, binding.loadContents(), binding.loadListing(), what).asValue());
      }
      self = new ListValue(matched);
    }
    return outputEval == null ? self : scope.evaluate(outputEval, self);
  }

  /** One file where the type is one, not an array. */
  private Value single(CwlType type, Value value, OutputBinding binding, String what)
      throws FailureException {
    if (!(value instanceof ListValue(List<Value> items)) || !allowsOneFile(type)) {
      return value;
    }
    boolean evaluated = binding.outputEval() != null;
    if (allowsArray(type) && (evaluated || items.size() > 1)) {
      return value;
    }
    if (items.size() > 1) {
      throw Faults.task(
          "output.type",
          "%s is one %s, but %s matched %d: %s; make the glob narrower or the type an array"
              .formatted(what, Show.type(type), globs(binding), items.size(), names(items)));
    }
    return items.isEmpty() ? NullValue.NULL : items.getFirst();
  }

  private FileOrDirectory traits(FileOrDirectory file, FileTraits traits, String what)
      throws FailureException {
    return switch (file) {
      case DirectoryValue d -> d;
      case FileValue f -> {
        FileValue whole = secondaryFiles.find(f, traits.secondaryFiles(), what);
        yield traits.formats().isEmpty()
            ? whole
            : whole.withFormat(format(traits.formats().getFirst(), whole));
      }
    };
  }

  private @Nullable String format(ExpressionText format, FileValue file) throws FailureException {
    return switch (scope.evaluate(format, file)) {
      case StringValue(String iri) -> iri;
      case NullValue n -> null;
      case Value other ->
          throw Faults.user(
              "expression.type",
              "%s: the format of an output must be an IRI, found %s"
                  .formatted(format.position(), Show.value(other)));
    };
  }

  private Value fields(CwlType.RecordType record, CwlType type, String what)
      throws FailureException {
    Map<String, Value> fields = new LinkedHashMap<>();
    boolean any = false;
    for (RecordField field : record.fields()) {
      Value value =
          of(field.type(), field.fileTraits(), field.outputBinding(), what + "." + field.name());
      any |= value != NullValue.NULL;
      fields.put(field.name(), value);
    }
    return !any && TypeCheck.matches(type, NullValue.NULL)
        ? NullValue.NULL
        : new RecordValue(fields);
  }

  private static CwlType.@Nullable RecordType record(CwlType type) {
    return switch (type) {
      case CwlType.RecordType record -> record;
      case CwlType.UnionType union -> {
        for (CwlType alternative : union.alternatives()) {
          if (alternative instanceof CwlType.RecordType record) {
            yield record;
          }
        }
        yield null;
      }
      case CwlType.Primitive p -> null;
      case CwlType.ArrayType a -> null;
      case CwlType.EnumType e -> null;
    };
  }

  private static boolean allowsOneFile(CwlType type) {
    return switch (type) {
      case CwlType.Primitive p -> p == CwlType.Primitive.FILE || p == CwlType.Primitive.DIRECTORY;
      case CwlType.UnionType union ->
          union.alternatives().stream().anyMatch(OutputValues::allowsOneFile);
      case CwlType.RecordType r -> false;
      case CwlType.ArrayType a -> false;
      case CwlType.EnumType e -> false;
    };
  }

  private static boolean allowsArray(CwlType type) {
    return switch (type) {
      case CwlType.ArrayType a -> true;
      case CwlType.UnionType union ->
          union.alternatives().stream().anyMatch(OutputValues::allowsArray);
      case CwlType.Primitive p -> p == CwlType.Primitive.ANY;
      case CwlType.RecordType r -> false;
      case CwlType.EnumType e -> false;
    };
  }

  static String globs(OutputBinding binding) {
    return String.join(
        ", ", binding.globs().stream().map(glob -> "`" + glob.text().strip() + "`").toList());
  }

  private static String names(List<Value> items) {
    List<String> names = new ArrayList<>();
    for (Value item : items.subList(0, Math.min(5, items.size()))) {
      FileOrDirectory file = FileWalk.asFile(item);
      names.add(file == null ? Show.value(item) : Show.name(file));
    }
    return String.join(", ", names) + (items.size() > 5 ? " …" : "");
  }
}
