package io.twinflow.workflowdefs.cwl.check;

import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirement.WorkDirEntry;
import io.twinflow.workflowdefs.cwl.Requirements;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every place of requirements that may hold an expression. */
final class RequirementTexts {

  private RequirementTexts() {}

  static Stream<ExpressionText> of(Requirements requirements) {
    return Stream.concat(requirements.requirements().stream(), requirements.hints().stream())
        .flatMap(RequirementTexts::of);
  }

  private static Stream<ExpressionText> of(Requirement requirement) {
    return switch (requirement) {
      case Requirement.InitialWorkDir workDir ->
          workDir.listing().stream().flatMap(RequirementTexts::of);
      case Requirement.EnvVar env ->
          env.definitions().stream().map(Requirement.EnvironmentDef::value);
      case Requirement.Resource resource ->
          given(
              resource.coresMin(),
              resource.coresMax(),
              resource.ramMin(),
              resource.ramMax(),
              resource.tmpdirMin(),
              resource.tmpdirMax(),
              resource.outdirMin(),
              resource.outdirMax());
      case Requirement.WorkReuse reuse -> Stream.of(reuse.enable());
      case Requirement.NetworkAccess network -> Stream.of(network.access());
      case Requirement.ToolTimeLimit limit -> Stream.of(limit.seconds());
      case Requirement.Cuda cuda -> given(cuda.deviceCountMin(), cuda.deviceCountMax());
      case Requirement.Mpi mpi -> Stream.of(mpi.processes());
      case Requirement.InlineJavascript _,
          Requirement.SchemaDef _,
          Requirement.LoadListingDefault _,
          Requirement.Docker _,
          Requirement.Site _,
          Requirement.Software _,
          Requirement.ShellCommand _,
          Requirement.InplaceUpdate _,
          Requirement.SubworkflowFeature _,
          Requirement.ScatterFeature _,
          Requirement.MultipleInputFeature _,
          Requirement.StepInputExpression _,
          Requirement.Secrets _ ->
          Stream.empty();
    };
  }

  private static Stream<ExpressionText> of(WorkDirEntry entry) {
    return switch (entry) {
      case WorkDirEntry.FromExpression from -> Stream.of(from.expression());
      case WorkDirEntry.Literal _ -> Stream.empty();
      case WorkDirEntry.Dirent dirent -> given(dirent.entryName(), dirent.entry());
    };
  }

  private static Stream<ExpressionText> given(@Nullable ExpressionText... texts) {
    return Stream.of(texts).flatMap(Stream::ofNullable);
  }
}
