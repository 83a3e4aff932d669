package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.LoadListing;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ScalarNode.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How each class of requirement is read. CWL v1.2, "Requirements and hints", and cwltool's own. */
final class RequirementClasses {

  /** Reads one requirement; null if it cannot be used, which is then a problem already. */
  @FunctionalInterface
  interface Reader {
    @Nullable Requirement read(
        Fields fields, Position position, Reading reading, CwlVersion version);
  }

  private static final String CWL = "https://w3id.org/cwl/cwl#";
  private static final String CWLTOOL = "http://commonwl.org/cwltool#";

  /** Of what only Twinflow knows; others see hints that they may ignore. */
  private static final String TWINFLOW = "https://twinflow.io/cwl#";

  /** Later names of what cwltool had first under its own. */
  private static final Map<String, String> ADOPTED =
      Map.of(
          "LoadListingRequirement", "LoadListingRequirement",
          "InplaceUpdateRequirement", "InplaceUpdateRequirement",
          "TimeLimit", "ToolTimeLimit",
          "ToolTimeLimit", "ToolTimeLimit",
          "WorkReuse", "WorkReuse",
          "NetworkAccess", "NetworkAccess",
          "Secrets", "cwltool:Secrets",
          "CUDARequirement", "cwltool:CUDARequirement",
          "MPIRequirement", "cwltool:MPIRequirement",
          "Loop", "Loop");

  private static final Map<String, Reader> READERS = readers();

  private RequirementClasses() {}

  /** The one key of a class, whichever way its name was written. */
  static String key(String expanded) {
    if (expanded.startsWith(CWL)) {
      return expanded.substring(CWL.length());
    }
    if (expanded.startsWith(CWLTOOL)) {
      String name = expanded.substring(CWLTOOL.length());
      return ADOPTED.getOrDefault(name, "cwltool:" + name);
    }
    if (expanded.startsWith(TWINFLOW)) {
      return "twinflow:" + expanded.substring(TWINFLOW.length());
    }
    return expanded.equals("Loop") ? "?Loop" : expanded;
  }

  static @Nullable Reader find(String key) {
    return READERS.get(key);
  }

  static List<String> names() {
    return List.copyOf(READERS.keySet());
  }

  private static Map<String, Reader> readers() {
    Map<String, Reader> readers = new LinkedHashMap<>();
    readers.put(
        "InlineJavascriptRequirement",
        (f, at, r, v) -> new Requirement.InlineJavascript(f.strings("expressionLib"), at));
    readers.put(
        "SchemaDefRequirement",
        (f, at, r, v) -> {
          f.required("types");
          return new Requirement.SchemaDef(at);
        });
    readers.put("LoadListingRequirement", (f, at, r, v) -> listing(f, at));
    readers.put("DockerRequirement", (f, at, r, v) -> docker(f, at, r));
    readers.put("SoftwareRequirement", (f, at, r, v) -> software(f, at, r));
    readers.put("InitialWorkDirRequirement", (f, at, r, v) -> new WorkDirReader(r).read(f, at));
    readers.put("EnvVarRequirement", (f, at, r, v) -> environment(f, at, r));
    readers.put("ShellCommandRequirement", (f, at, r, v) -> new Requirement.ShellCommand(at));
    readers.put("ResourceRequirement", (f, at, r, v) -> resources(f, at, v));
    readers.put(
        "WorkReuse", (f, at, r, v) -> new Requirement.WorkReuse(flag(f, "enableReuse", at), at));
    readers.put(
        "NetworkAccess",
        (f, at, r, v) -> new Requirement.NetworkAccess(flag(f, "networkAccess", at), at));
    readers.put(
        "InplaceUpdateRequirement",
        (f, at, r, v) -> {
          f.required("inplaceUpdate");
          return new Requirement.InplaceUpdate(f.bool("inplaceUpdate", false), at);
        });
    readers.put("ToolTimeLimit", (f, at, r, v) -> timeLimit(f, at));
    readers.put(
        "SubworkflowFeatureRequirement", (f, at, r, v) -> new Requirement.SubworkflowFeature(at));
    readers.put("ScatterFeatureRequirement", (f, at, r, v) -> new Requirement.ScatterFeature(at));
    readers.put(
        "MultipleInputFeatureRequirement",
        (f, at, r, v) -> new Requirement.MultipleInputFeature(at));
    readers.put(
        "StepInputExpressionRequirement", (f, at, r, v) -> new Requirement.StepInputExpression(at));
    readers.put("twinflow:Site", (f, at, r, v) -> site(f, at));
    readers.put("cwltool:Secrets", (f, at, r, v) -> secrets(f, at));
    readers.put("cwltool:CUDARequirement", (f, at, r, v) -> cuda(f, at));
    readers.put(
        "cwltool:MPIRequirement",
        (f, at, r, v) -> {
          f.required("processes");
          ExpressionText processes = f.expressionOr("processes", "a whole number", Kind.INTEGER);
          return processes == null ? null : new Requirement.Mpi(processes, at);
        });
    return readers;
  }

  private static @Nullable Requirement listing(Fields f, Position at) {
    LoadListing listing = f.symbol("loadListing", ParameterParts.LISTINGS);
    return new Requirement.LoadListingDefault(listing == null ? LoadListing.NONE : listing, at);
  }

  private static ExpressionText flag(Fields f, String field, Position at) {
    f.required(field);
    ExpressionText flag = f.expressionOr(field, "true or false", Kind.BOOLEAN);
    return flag == null ? new ExpressionText("true", at) : flag;
  }

  private static @Nullable Requirement site(Fields f, Position at) {
    f.required("site");
    List<String> names = f.strings("site");
    return names.isEmpty() ? null : new Requirement.Site(names, at);
  }

  private static @Nullable Requirement timeLimit(Fields f, Position at) {
    f.required("timelimit");
    ExpressionText limit = f.expressionOr("timelimit", "a number of seconds", Kind.INTEGER);
    return limit == null ? null : new Requirement.ToolTimeLimit(limit, at);
  }

  private static Requirement docker(Fields f, Position at, Reading reading) {
    Requirement.Docker docker =
        new Requirement.Docker(
            f.string("dockerPull"),
            location(f, "dockerLoad", reading),
            f.string("dockerFile"),
            location(f, "dockerImport", reading),
            f.string("dockerImageId"),
            f.string("dockerOutputDirectory"),
            at);
    if (docker.pull() == null
        && docker.load() == null
        && docker.file() == null
        && docker.importFrom() == null
        && docker.imageId() == null
        && docker.outputDirectory() == null) {
      reading.error(
          at, "this DockerRequirement names no image; give \"dockerPull\" or \"dockerImageId\".");
    }
    return docker;
  }

  /** Image archives are files beside the document, or URLs. */
  private static @Nullable String location(Fields f, String field, Reading reading) {
    String text = f.string(field);
    return text == null
        ? null
        : io.twinflow.workflowdefs.source.Iri.resolveLocation(
            reading.documents().base(f.position(field)), text);
  }

  private static Requirement software(Fields f, Position at, Reading reading) {
    f.required("packages");
    List<Requirement.SoftwarePackage> packages = new ArrayList<>();
    for (MapNode item : f.items("packages", "package", "specs")) {
      Fields fields = new Fields(item, "software package", reading);
      fields.required("package");
      String name = fields.string("package");
      packages.add(
          new Requirement.SoftwarePackage(
              name == null ? "" : name, fields.strings("version"), fields.strings("specs")));
      fields.done();
    }
    return new Requirement.Software(packages, at);
  }

  private static Requirement environment(Fields f, Position at, Reading reading) {
    f.required("envDef");
    List<Requirement.EnvironmentDef> definitions = new ArrayList<>();
    for (MapNode item : f.items("envDef", "envName", "envValue")) {
      Fields fields = new Fields(item, "environment variable", reading);
      fields.required("envName");
      fields.required("envValue");
      String name = fields.string("envName");
      ExpressionText value = fields.expression("envValue");
      fields.done();
      if (name != null && value != null) {
        definitions.add(new Requirement.EnvironmentDef(name, value));
      }
    }
    return new Requirement.EnvVar(definitions, at);
  }

  private static Requirement resources(Fields f, Position at, CwlVersion v) {
    return new Requirement.Resource(
        number(f, "coresMin", v),
        number(f, "coresMax", v),
        number(f, "ramMin", v),
        number(f, "ramMax", v),
        number(f, "tmpdirMin", v),
        number(f, "tmpdirMax", v),
        number(f, "outdirMin", v),
        number(f, "outdirMax", v),
        at);
  }

  /** Fractions came with v1.2. */
  private static @Nullable ExpressionText number(Fields f, String field, CwlVersion version) {
    return version == CwlVersion.V1_2
        ? f.expressionOr(field, "a number", Kind.INTEGER, Kind.DECIMAL)
        : f.expressionOr(field, "a whole number (fractions came with v1.2)", Kind.INTEGER);
  }

  private static Requirement secrets(Fields f, Position at) {
    f.required("secrets");
    return new Requirement.Secrets(f.strings("secrets").stream().map(Names::last).toList(), at);
  }

  private static Requirement cuda(Fields f, Position at) {
    f.required("cudaVersionMin");
    f.required("cudaComputeCapability");
    String versionMin = f.string("cudaVersionMin");
    ExpressionText min = f.expressionOr("cudaDeviceCountMin", "a whole number", Kind.INTEGER);
    ExpressionText max = f.expressionOr("cudaDeviceCountMax", "a whole number", Kind.INTEGER);
    ExpressionText one = new ExpressionText("1", at);
    return new Requirement.Cuda(
        versionMin == null ? "" : versionMin,
        f.strings("cudaComputeCapability"),
        min != null ? min : max != null ? max : one,
        max,
        at);
  }
}
