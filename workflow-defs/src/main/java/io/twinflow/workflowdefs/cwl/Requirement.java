package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.source.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a process asks of the engine. CWL v1.2, section "Requirements and hints", and the extensions
 * of cwltool that scientists use.
 */
public sealed interface Requirement {

  Position position();

  record InlineJavascript(List<String> expressionLib, Position position) implements Requirement {
    public InlineJavascript {
      expressionLib = List.copyOf(expressionLib);
    }
  }

  /** The types are already resolved where they are used. */
  record SchemaDef(Position position) implements Requirement {}

  record LoadListingDefault(LoadListing loadListing, Position position) implements Requirement {}

  /**
   * @param file the text of a Dockerfile
   * @param load an image archive's IRI
   * @param importFrom a root file system's IRI
   */
  record Docker(
      @Nullable String pull,
      @Nullable String load,
      @Nullable String file,
      @Nullable String importFrom,
      @Nullable String imageId,
      @Nullable String outputDirectory,
      Position position)
      implements Requirement {}

  /**
   * Twinflow's own: the sites where the process may run, the best first.
   *
   * @param names as the configuration has them; at least one
   */
  record Site(List<String> names, Position position) implements Requirement {
    public Site {
      names = List.copyOf(names);
    }
  }

  record Software(List<SoftwarePackage> packages, Position position) implements Requirement {
    public Software {
      packages = List.copyOf(packages);
    }
  }

  record SoftwarePackage(String name, List<String> versions, List<String> specs) {
    public SoftwarePackage {
      versions = List.copyOf(versions);
      specs = List.copyOf(specs);
    }
  }

  /** The listing is entries, or one expression that yields them. */
  record InitialWorkDir(List<WorkDirEntry> listing, Position position) implements Requirement {
    public InitialWorkDir {
      listing = List.copyOf(listing);
    }
  }

  /** A form of entry of {@link InitialWorkDir}. */
  sealed interface WorkDirEntry {
    /** An expression that yields null, a File, a Directory, a Dirent, or lists of them. */
    record FromExpression(ExpressionText expression) implements WorkDirEntry {}

    /** A File or Directory that stands in the document. */
    record Literal(io.twinflow.workflowdefs.value.Value value, Position position)
        implements WorkDirEntry {}

    record Dirent(
        @Nullable ExpressionText entryName,
        ExpressionText entry,
        boolean writable,
        Position position)
        implements WorkDirEntry {}
  }

  record EnvVar(List<EnvironmentDef> definitions, Position position) implements Requirement {
    public EnvVar {
      definitions = List.copyOf(definitions);
    }
  }

  record EnvironmentDef(String name, ExpressionText value) {}

  record ShellCommand(Position position) implements Requirement {}

  /** Cores (may be fractions), memory and disk in MiB; each null, a number or an expression. */
  record Resource(
      @Nullable ExpressionText coresMin,
      @Nullable ExpressionText coresMax,
      @Nullable ExpressionText ramMin,
      @Nullable ExpressionText ramMax,
      @Nullable ExpressionText tmpdirMin,
      @Nullable ExpressionText tmpdirMax,
      @Nullable ExpressionText outdirMin,
      @Nullable ExpressionText outdirMax,
      Position position)
      implements Requirement {}

  /**
   * @param enable a boolean or an expression
   */
  record WorkReuse(ExpressionText enable, Position position) implements Requirement {}

  /**
   * @param access a boolean or an expression
   */
  record NetworkAccess(ExpressionText access, Position position) implements Requirement {}

  record InplaceUpdate(boolean enabled, Position position) implements Requirement {}

  /**
   * @param seconds a number or an expression; 0 means no limit
   */
  record ToolTimeLimit(ExpressionText seconds, Position position) implements Requirement {}

  record SubworkflowFeature(Position position) implements Requirement {}

  record ScatterFeature(Position position) implements Requirement {}

  record MultipleInputFeature(Position position) implements Requirement {}

  record StepInputExpression(Position position) implements Requirement {}

  /** cwltool's Secrets: the named inputs never appear in journal, plan, display or logs. */
  record Secrets(List<String> inputs, Position position) implements Requirement {
    public Secrets {
      inputs = List.copyOf(inputs);
    }
  }

  /** cwltool's CUDARequirement. */
  record Cuda(
      String versionMin,
      List<String> computeCapability,
      ExpressionText deviceCountMin,
      @Nullable ExpressionText deviceCountMax,
      Position position)
      implements Requirement {
    public Cuda {
      computeCapability = List.copyOf(computeCapability);
    }
  }

  /**
   * cwltool's MPIRequirement.
   *
   * @param processes a number or an expression
   */
  record Mpi(ExpressionText processes, Position position) implements Requirement {}
}
