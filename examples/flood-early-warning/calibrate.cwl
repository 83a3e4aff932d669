cwlVersion: v1.2
class: Workflow
label: Calibration of one catchment
doc: |
  Many parameter sets, spread evenly over their ranges, are scored in batches; from the best of them
  local searches start; the best of all that was tried is kept.

requirements:
  SchemaDefRequirement:
    types:
      - $import: types.yml
  ScatterFeatureRequirement: {}
  StepInputExpressionRequirement: {}
  MultipleInputFeatureRequirement: {}
  InlineJavascriptRequirement: {}

inputs:
  record:
    type: File
    secondaryFiles: [.meta.json]
  effort: types.yml#Effort

steps:
  count_batches:
    run: tools/count.cwl
    in:
      effort: effort
      n: {valueFrom: $(inputs.effort.batches)}
    out: [numbers]
  explore:
    run: tools/explore.cwl
    scatter: batch
    in:
      record: record
      batch: count_batches/numbers
      effort: effort
      sets: {valueFrom: $(inputs.effort.sets)}
    out: [best]
  select:
    run: tools/pick.cwl
    in:
      batches: explore/best
      effort: effort
      keep: {valueFrom: $(inputs.effort.starts)}
      name: {default: starts.json}
    out: [best]
  count_starts:
    run: tools/count.cwl
    in:
      effort: effort
      n: {valueFrom: $(inputs.effort.starts)}
    out: [numbers]
  refine:
    run: tools/refine.cwl
    scatter: rank
    in:
      record: record
      candidates: select/best
      rank: count_starts/numbers
      effort: effort
      evaluations: {valueFrom: $(inputs.effort.evaluations)}
    out: [best]
  pick:
    run: tools/pick.cwl
    in:
      batches:
        source: [explore/best, refine/best]
        linkMerge: merge_flattened
      effort: effort
      keep: {valueFrom: $(inputs.effort.keep)}
      name: {default: parameters.json}
    out: [best]

outputs:
  parameters: {type: File, outputSource: pick/best}
