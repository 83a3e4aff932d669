cwlVersion: v1.2
class: Workflow
label: One catchment, from files to warning

requirements:
  SchemaDefRequirement:
    types:
      - $import: types.yml
  SubworkflowFeatureRequirement: {}
  ScatterFeatureRequirement: {}
  StepInputExpressionRequirement: {}
  MultipleInputFeatureRequirement: {}
  InlineJavascriptRequirement: {}

inputs:
  catchment: types.yml#Catchment
  train: types.yml#Period
  watch: types.yml#Period
  effort: types.yml#Effort

steps:
  clean:
    run: tools/clean.cwl
    in:
      catchment: catchment
      train: train
      watch: watch
    out: [record, quality]
  calibrate:
    run: calibrate.cwl
    in:
      record: clean/record
      effort: effort
    out: [parameters]
  thresholds:
    run: tools/thresholds.cwl
    in:
      record: clean/record
    out: [thresholds]
  count_members:
    run: tools/count.cwl
    in:
      effort: effort
      n: {valueFrom: $(inputs.effort.members)}
    out: [numbers]
  simulate:
    run: tools/simulate.cwl
    scatter: member
    in:
      record: clean/record
      parameters: calibrate/parameters
      member: count_members/numbers
    out: [flow]
  assess:
    run: tools/assess.cwl
    in:
      record: clean/record
      thresholds: thresholds/thresholds
      members: simulate/flow
    out: [ensemble, skill, status, exceeded]
  warn:
    doc: Runs only where the ensemble reaches the warning threshold.
    run: tools/bulletin.cwl
    when: $(inputs.exceeded)
    in:
      exceeded: assess/exceeded
      status: assess/status
      thresholds: thresholds/thresholds
    out: [bulletin]
  all_clear:
    run: tools/all-clear.cwl
    when: $(!inputs.exceeded)
    in:
      exceeded: assess/exceeded
      catchment: catchment
      watch: watch
    out: [note]
  draw:
    run: tools/draw.cwl
    in:
      ensemble: assess/ensemble
      status: assess/status
      thresholds: thresholds/thresholds
    out: [hydrograph]
  keep:
    run: tools/folder.cwl
    in:
      catchment: catchment
      name: {valueFrom: $(inputs.catchment.gauge)}
      files:
        source: [clean/record, clean/quality, calibrate/parameters, thresholds/thresholds, assess/ensemble, assess/status]
        linkMerge: merge_flattened
    out: [folder]

outputs:
  status: {type: File, outputSource: assess/status}
  quality: {type: File, outputSource: clean/quality}
  thresholds: {type: File, outputSource: thresholds/thresholds}
  parameters: {type: File, outputSource: calibrate/parameters}
  skill: {type: File, outputSource: assess/skill}
  hydrograph: {type: File, outputSource: draw/hydrograph}
  notice:
    type: File
    outputSource: [warn/bulletin, all_clear/note]
    pickValue: the_only_non_null
    doc: The warning, or else the all-clear.
  bulletin: {type: "File?", outputSource: warn/bulletin}
  records: {type: Directory, outputSource: keep/folder}
