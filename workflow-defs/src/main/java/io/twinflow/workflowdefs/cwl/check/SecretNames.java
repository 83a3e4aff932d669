package io.twinflow.workflowdefs.cwl.check;

import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.List;
import java.util.Optional;

/** The inputs that a process calls secret: they must be there, and hold strings. */
final class SecretNames {

  private final ProblemLog problems;

  SecretNames(ProblemLog problems) {
    this.problems = problems;
  }

  void check(Requirement.Secrets secrets, List<InputParameter> inputs) {
    List<String> names = inputs.stream().map(InputParameter::name).toList();
    for (String name : secrets.inputs()) {
      Optional<InputParameter> input =
          inputs.stream().filter(known -> known.name().equals(name)).findFirst();
      if (input.isEmpty()) {
        problems.error(
            secrets.position(),
            "the secret \""
                + name
                + "\" is no input of this process."
                + NearestName.hint(name, names));
      } else if (!holdsStrings(input.get().type())) {
        problems.error(
            secrets.position(),
            "the input \""
                + name
                + "\" cannot be secret: only strings can, alone or in arrays and records. Give it"
                + " the type string; a file is made of a secret with InitialWorkDirRequirement.");
      }
    }
  }

  private static boolean holdsStrings(CwlType type) {
    return switch (type) {
      case CwlType.Primitive primitive ->
          primitive == CwlType.Primitive.STRING || primitive == CwlType.Primitive.ANY;
      case CwlType.EnumType symbols -> false;
      case CwlType.ArrayType array -> holdsStrings(array.items());
      case CwlType.RecordType record ->
          record.fields().stream().anyMatch(field -> holdsStrings(field.type()));
      case CwlType.UnionType(List<CwlType> alternatives) ->
          alternatives.stream().anyMatch(SecretNames::holdsStrings);
    };
  }
}
