cwlVersion: v1.2
class: Workflow
label: Flood early warning
doc: |
  From daily weather and discharge to flood warnings: each catchment is checked, calibrated and
  simulated by a sub-workflow of its own; a page and a table gather the results.

requirements:
  SchemaDefRequirement:
    types:
      - $import: types.yml
  SubworkflowFeatureRequirement: {}
  ScatterFeatureRequirement: {}

inputs:
  title:
    type: string
    default: Flood early warning
    doc: Heading of the summary.
  catchments:
    type:
      type: array
      items: types.yml#Catchment
    doc: Catchments to watch.
  train:
    type: types.yml#Period
    doc: Days that calibration and thresholds may see.
  watch:
    type: types.yml#Period
    doc: Days to watch for floods, after the training period; calibration does not see them.
  effort:
    type: types.yml#Effort
    default: {batches: 12, sets: 100, starts: 8, evaluations: 120, keep: 10, members: 20}
    doc: How much to compute.

steps:
  catchment:
    run: catchment.cwl
    scatter: catchment
    in:
      catchment: catchments
      train: train
      watch: watch
      effort: effort
    out: [status, quality, thresholds, parameters, skill, hydrograph, bulletin, notice, records]
  skill_table:
    run: tools/skill-table.cwl
    in:
      tables: catchment/skill
    out: [table]
  notices:
    run: tools/join.cwl
    in:
      texts: catchment/notice
      name: {default: notices.txt}
    out: [joined]
  summary:
    run: tools/summary.cwl
    in:
      title: title
      skill: skill_table/table
      status: catchment/status
      quality: catchment/quality
      thresholds: catchment/thresholds
      parameters: catchment/parameters
      hydrographs: catchment/hydrograph
    out: [page]

outputs:
  summary:
    type: File
    outputSource: summary/page
    doc: One page for people, with everything in it.
  skill:
    type: File
    outputSource: skill_table/table
    doc: NSE, KGE and peak errors of all catchments, calibration and validation.
  hydrographs:
    type: File[]
    outputSource: catchment/hydrograph
  bulletins:
    type: File[]
    outputSource: catchment/bulletin
    pickValue: all_non_null
    doc: Warnings, one for each catchment that needs one.
  notices:
    type: File
    outputSource: notices/joined
    doc: What to tell people, for every catchment, the warning or the all-clear.
  records:
    type: Directory[]
    outputSource: catchment/records
    doc: The data behind it, one folder for each catchment.
