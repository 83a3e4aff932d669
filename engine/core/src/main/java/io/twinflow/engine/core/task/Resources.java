package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a task reserves: the minimum of each resource, the maximum where only that is given, else
 * the standard's default. CWL v1.2, "ResourceRequirement"; cwltool's CUDA and MPI requirements.
 */
final class Resources {

  private final Scope scope;

  Resources(Scope scope) {
    this.scope = scope;
  }

  ResourceRequest request(Requirements requirements) throws FailureException {
    ResourceRequest preset = ResourceRequest.DEFAULT;
    int gpus = gpus(requirements);
    int processes = processes(requirements);
    Requirement.Resource asked = requirements.find(Requirement.Resource.class).orElse(null);
    if (asked == null) {
      return gpus == 0 && processes == 1
          ? preset
          : new ResourceRequest(
              preset.cores(),
              preset.memoryMiB(),
              preset.tmpdirMiB(),
              preset.outdirMiB(),
              gpus,
              processes);
    }
    BigDecimal cores =
        pick(asked.coresMin(), asked.coresMax(), "cores", BigDecimal.valueOf(preset.cores()));
    return new ResourceRequest(
        cores.doubleValue(),
        whole(pick(asked.ramMin(), asked.ramMax(), "ram", BigDecimal.valueOf(preset.memoryMiB()))),
        whole(
            pick(
                asked.tmpdirMin(),
                asked.tmpdirMax(),
                "tmpdir",
                BigDecimal.valueOf(preset.tmpdirMiB()))),
        whole(
            pick(
                asked.outdirMin(),
                asked.outdirMax(),
                "outdir",
                BigDecimal.valueOf(preset.outdirMiB()))),
        gpus,
        processes);
  }

  /** The number of MPI ranks; 1 without the requirement. */
  private int processes(Requirements requirements) throws FailureException {
    Requirement.Mpi mpi = requirements.find(Requirement.Mpi.class).orElse(null);
    if (mpi == null) {
      return 1;
    }
    BigDecimal number = number(mpi.processes(), "MPIRequirement.processes");
    return number == null ? 1 : Math.max(1, number.intValue());
  }

  private int gpus(Requirements requirements) throws FailureException {
    Requirement.Cuda cuda = requirements.find(Requirement.Cuda.class).orElse(null);
    if (cuda == null) {
      return 0;
    }
    BigDecimal least = number(cuda.deviceCountMin(), "cudaDeviceCountMin");
    BigDecimal most =
        cuda.deviceCountMax() == null ? null : number(cuda.deviceCountMax(), "cudaDeviceCountMax");
    if (least != null && most != null && most.compareTo(least) < 0) {
      throw Faults.user(
          "requirement.resource",
          "%s: cudaDeviceCountMax is %s, less than cudaDeviceCountMin %s"
              .formatted(cuda.position(), most, least));
    }
    return least == null ? 1 : least.intValue();
  }

  private BigDecimal pick(
      @Nullable ExpressionText min, @Nullable ExpressionText max, String what, BigDecimal preset)
      throws FailureException {
    BigDecimal least = min == null ? null : number(min, what + "Min");
    BigDecimal most = max == null ? null : number(max, what + "Max");
    if (least != null && most != null && max != null && most.compareTo(least) < 0) {
      throw Faults.user(
          "requirement.resource",
          "%s: %sMax is %s, less than %sMin %s; give a maximum that is not below the minimum"
              .formatted(max.position(), what, most, what, least));
    }
    if (least != null) {
      return least;
    }
    return most != null ? most : preset;
  }

  private @Nullable BigDecimal number(ExpressionText text, String what) throws FailureException {
    Value value = scope.evaluate(text);
    BigDecimal number =
        switch (value) {
          case IntegerValue(long whole) -> BigDecimal.valueOf(whole);
          case DecimalValue(BigDecimal decimal) -> decimal;
          case StringValue(String digits) -> parse(digits);
          case NullValue n -> null;
          case Value other -> null;
        };
    if (number == null && value == NullValue.NULL) {
      return null;
    }
    if (number == null || number.signum() < 0) {
      throw Faults.user(
          "requirement.resource",
          "%s: %s must be a number that is not negative, found %s"
              .formatted(text.position(), what, Show.value(value)));
    }
    return number;
  }

  private static @Nullable BigDecimal parse(String digits) {
    try {
      return new BigDecimal(digits.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static long whole(BigDecimal amount) {
    return Math.max(1, amount.setScale(0, RoundingMode.CEILING).longValue());
  }
}
