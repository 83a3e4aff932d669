package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.FileTraits;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.RecordField;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Completes the files of one invocation's inputs as their parameters and record fields ask. */
final class InputFiles {

  private final FileLookup lookup;
  private final FileLoading loading;
  private final InputSecondaryFiles secondaryFiles;
  private final FormatCheck formats;

  InputFiles(
      FileLookup lookup,
      FileLoading loading,
      Scope scope,
      FormatOntology ontology,
      boolean searching) {
    this.lookup = lookup;
    this.loading = loading;
    this.secondaryFiles = new InputSecondaryFiles(lookup, scope, searching);
    this.formats = new FormatCheck(ontology, scope);
  }

  Value complete(InputParameter parameter, Value value) throws FailureException {
    FileTraits traits = parameter.fileTraits();
    if (parameter.binding() != null && parameter.binding().loadContents()) {
      traits = withContents(traits);
    }
    String what = parameter.position() + ": input '" + parameter.name() + "'";
    return complete(parameter.type(), traits, value, what);
  }

  private static FileTraits withContents(FileTraits traits) {
    return new FileTraits(
        traits.secondaryFiles(), traits.streamable(), traits.formats(), true, traits.loadListing());
  }

  private Value complete(CwlType type, FileTraits traits, Value value, String what)
      throws FailureException {
    FileOrDirectory file = FileWalk.asFile(value);
    if (file != null) {
      return complete(file, traits, what).asValue();
    }
    if (value instanceof ListValue(List<Value> items)) {
      CwlType itemType =
          TypeCheck.alternative(type, value) instanceof CwlType.ArrayType array
              ? array.items()
              : CwlType.Primitive.ANY;
      List<Value> completed = new ArrayList<>(items.size());
      for (int i = 0; i < items.size(); i++) {
        completed.add(complete(itemType, traits, items.get(i), what + "[" + i + "]"));
      }
      return new ListValue(completed);
    }
    if (value instanceof RecordValue record) {
      return complete(TypeCheck.alternative(type, value), record, what);
    }
    return value;
  }

  private RecordValue complete(CwlType type, RecordValue record, String what)
      throws FailureException {
    Map<String, Value> completed = new LinkedHashMap<>();
    for (Map.Entry<String, Value> entry : record.fields().entrySet()) {
      CwlType fieldType = CwlType.Primitive.ANY;
      FileTraits traits = FileTraits.NONE;
      if (type instanceof CwlType.RecordType declared) {
        for (RecordField field : declared.fields()) {
          if (field.name().equals(entry.getKey())) {
            fieldType = field.type();
            traits = field.fileTraits();
          }
        }
      }
      completed.put(
          entry.getKey(),
          complete(fieldType, traits, entry.getValue(), what + "." + entry.getKey()));
    }
    return new RecordValue(completed);
  }

  private FileOrDirectory complete(FileOrDirectory file, FileTraits traits, String what)
      throws FailureException {
    return switch (file) {
      case FileValue f -> {
        formats.check(f, traits.formats(), what);
        FileValue whole = secondaryFiles.find(f, traits.secondaryFiles(), what);
        yield loading.load(
            lookup.present(whole, what), traits.loadContents(), traits.loadListing(), what);
      }
      case DirectoryValue d ->
          loading.load(lookup.present(d, what), false, traits.loadListing(), what);
    };
  }
}
