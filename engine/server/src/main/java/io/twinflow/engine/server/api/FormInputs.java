package io.twinflow.engine.server.api;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.check.ValueTypes;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of inputs from the parts of form data that have their names. */
final class FormInputs {

  private static final String EXPLICIT = "inputs.";

  private final CwlProcess process;
  private final Path folder;

  FormInputs(CwlProcess process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /**
   * Files that are no input are there to be named by the input object.
   *
   * @param known names of parts that mean something else
   * @throws BadRequestException for texts that are no input either
   */
  Map<String, Value> of(FormParts parts, Set<String> known) throws BadRequestException {
    Map<String, Value> inputs = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> part : parts.texts().entrySet()) {
      if (!known.contains(part.getKey())) {
        InputParameter input = input(part.getKey());
        if (input == null) {
          throw unknown(part.getKey());
        }
        inputs.put(input.name(), texts(part.getValue(), input.type()));
      }
    }
    for (Map.Entry<String, List<Path>> part : parts.files().entrySet()) {
      InputParameter input = known.contains(part.getKey()) ? null : input(part.getKey());
      if (input != null) {
        inputs.put(input.name(), files(part.getValue(), input.type()));
      }
    }
    return inputs;
  }

  /** An input whose name means something else is written {@code inputs.NAME}. */
  private @Nullable InputParameter input(String part) {
    String name = part.startsWith(EXPLICIT) ? part.substring(EXPLICIT.length()) : part;
    return process.inputs().stream().filter(i -> i.name().equals(name)).findFirst().orElse(null);
  }

  private BadRequestException unknown(String name) {
    List<String> names = process.inputs().stream().map(InputParameter::name).toList();
    return new BadRequestException(
        name, "the workflow has no input of this name." + NearestName.hint(name, names));
  }

  private static Value files(List<Path> files, CwlType type) {
    List<Value> values = new ArrayList<>();
    files.forEach(file -> values.add(file(Iri.ofPath(file))));
    return one(values, type);
  }

  private Value texts(List<String> texts, CwlType type) {
    List<Value> values = new ArrayList<>();
    texts.forEach(text -> values.add(text(text, type)));
    return one(values, type);
  }

  private static FileValue file(String location) {
    return FileValue.at(location, Iri.basename(location));
  }

  /** One part may be an array of one. */
  private static Value one(List<Value> values, CwlType type) {
    Value list = new ListValue(values);
    Value first = values.getFirst();
    boolean single = values.size() == 1 && !ValueTypes.matches(list, type);
    return single || (values.size() == 1 && ValueTypes.matches(first, type)) ? first : list;
  }

  /** A text where one may stand; else JSON; else the name of a file that was sent, or a URL. */
  private Value text(String text, CwlType type) {
    Value string = new StringValue(text);
    if (ValueTypes.matches(string, type)) {
      return string;
    }
    try {
      Value json = ValueJson.read(text);
      if (!(json instanceof StringValue)) {
        return json;
      }
    } catch (InvalidJsonException e) {
      // Then it is a text, and what is wrong with that is told when all inputs are checked.
      Value named = file(Iri.resolveLocation(Iri.ofFolder(folder), text));
      return ValueTypes.matches(named, type)
              || ValueTypes.matches(new ListValue(List.of(named)), type)
          ? named
          : string;
    }
    return string;
  }
}
