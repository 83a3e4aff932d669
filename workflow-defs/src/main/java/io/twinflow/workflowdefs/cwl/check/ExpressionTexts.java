package io.twinflow.workflowdefs.cwl.check;

import io.twinflow.workflowdefs.cwl.CommandLineBinding;
import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.ExpressionTool;
import io.twinflow.workflowdefs.cwl.FileTraits;
import io.twinflow.workflowdefs.cwl.Operation;
import io.twinflow.workflowdefs.cwl.OutputBinding;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every place of a process that may hold an expression; what it runs is not part of it. */
final class ExpressionTexts {

  private final List<ExpressionText> found = new ArrayList<>();

  private ExpressionTexts() {}

  static List<ExpressionText> of(CwlProcess process) {
    ExpressionTexts texts = new ExpressionTexts();
    RequirementTexts.of(process.header().requirements()).forEach(texts::add);
    process
        .inputs()
        .forEach(input -> {
          texts.add(input.fileTraits());
          texts.add(input.binding());
          texts.add(input.type());
        });
    process
        .outputs()
        .forEach(output -> {
          texts.add(output.fileTraits());
          texts.add(output.binding());
          texts.add(output.type());
        });
    switch (process) {
      case CommandLineTool tool -> texts.add(tool);
      case ExpressionTool tool -> texts.add(tool.expression());
      case Workflow _, Operation _ -> {}
    }
    return texts.found;
  }

  /** Those of a step itself. */
  static List<ExpressionText> of(WorkflowStep step) {
    ExpressionTexts texts = new ExpressionTexts();
    RequirementTexts.of(step.requirements()).forEach(texts::add);
    step.in().forEach(input -> texts.add(input.valueFrom()));
    texts.add(step.when());
    if (step.loop() != null) {
      texts.add(step.loop().loopWhen());
      step.loop().inputs().forEach(input -> texts.add(input.valueFrom()));
    }
    return texts.found;
  }

  private void add(CommandLineTool tool) {
    tool.arguments().forEach(this::add);
    add(tool.stdin());
    add(tool.stdout());
    add(tool.stderr());
  }

  private void add(@Nullable ExpressionText text) {
    if (text != null && text.needsEvaluation()) {
      found.add(text);
    }
  }

  private void add(FileTraits traits) {
    traits.formats().forEach(this::add);
    traits
        .secondaryFiles()
        .forEach(file -> {
          add(file.pattern());
          add(file.required());
        });
  }

  private void add(@Nullable CommandLineBinding binding) {
    if (binding != null) {
      add(binding.position());
      add(binding.valueFrom());
    }
  }

  private void add(@Nullable OutputBinding binding) {
    if (binding != null) {
      binding.globs().forEach(this::add);
      add(binding.outputEval());
    }
  }

  private void add(CwlType type) {
    switch (type) {
      case CwlType.Primitive _ -> {}
      case CwlType.EnumType symbols -> add(symbols.binding());
      case CwlType.ArrayType array -> {
        add(array.binding());
        add(array.items());
      }
      case CwlType.UnionType union -> union.alternatives().forEach(this::add);
      case CwlType.RecordType record -> {
        add(record.binding());
        record
            .fields()
            .forEach(field -> {
              add(field.type());
              add(field.fileTraits());
              add(field.inputBinding());
              add(field.outputBinding());
            });
      }
    }
  }
}
