package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.cwl.Requirement.InitialWorkDir;
import io.twinflow.workflowdefs.cwl.Requirement.WorkDirEntry;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FilesIn;
import io.twinflow.workflowdefs.value.Value;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Files and Directories that stand in a definition itself, in defaults and in working
 * directories: besides its documents a run needs them from where the definition lies.
 */
public final class NamedFiles {

  private final Set<FileOrDirectory> found = new LinkedHashSet<>();

  private NamedFiles() {}

  /** Those with a location, secondary files and listed entries among them, each once. */
  public static Set<FileOrDirectory> in(CwlProcess process) {
    NamedFiles files = new NamedFiles();
    files.process(process);
    return files.found;
  }

  private void process(CwlProcess process) {
    process.inputs().forEach(input -> value(input.defaultValue()));
    requirements(process.header().requirements());
    if (process instanceof Workflow workflow) {
      for (WorkflowStep step : workflow.steps()) {
        step.in().forEach(input -> value(input.defaultValue()));
        requirements(step.requirements());
        process(step.run());
      }
    }
  }

  private void requirements(Requirements requirements) {
    Stream.concat(requirements.requirements().stream(), requirements.hints().stream())
        .forEach(requirement -> {
          if (requirement instanceof InitialWorkDir folder) {
            folder.listing().forEach(this::entry);
          }
        });
  }

  private void entry(WorkDirEntry entry) {
    if (entry instanceof WorkDirEntry.Literal literal) {
      value(literal.value());
    }
  }

  private void value(@Nullable Value value) {
    FilesIn.forEach(
        value,
        file -> {
          if (file.location() != null) {
            found.add(file);
          }
        });
  }
}
