cwlVersion: v1.2
class: Workflow
id: flood-watch
label: A new reading of a gauge against its flood threshold
doc: |
  The catchment is cleaned, calibrated and given its thresholds by the steps of the example
  beside this one. They do not depend on the reading, so that from the second reading of a gauge
  on their results are taken from the cache, and only the reading and the forecast are new.

requirements:
  SchemaDefRequirement:
    types:
      - $import: ../flood-early-warning/types.yml
  SubworkflowFeatureRequirement: {}
  StepInputExpressionRequirement: {}
  InlineJavascriptRequirement: {}

inputs:
  reading: {type: File, doc: The last days of one gauge in the layout of CAMELS-US.}
  catchments:
    type:
      type: array
      items: ../flood-early-warning/types.yml#Catchment
    default:
      - gauge: '99000001'
        name: Alder Brook (synthetic)
        forcing: {class: File, location: ../flood-early-warning/data/99000001_lump_cida_forcing_leap.txt}
        streamflow: {class: File, location: ../flood-early-warning/data/99000001_streamflow_qc.txt}
      - gauge: '99000002'
        name: Birch River (synthetic)
        forcing: {class: File, location: ../flood-early-warning/data/99000002_lump_cida_forcing_leap.txt}
        streamflow: {class: File, location: ../flood-early-warning/data/99000002_streamflow_qc.txt}
      - gauge: '99000003'
        name: Cedar Creek (synthetic)
        forcing: {class: File, location: ../flood-early-warning/data/99000003_lump_cida_forcing_leap.txt}
        streamflow: {class: File, location: ../flood-early-warning/data/99000003_streamflow_qc.txt}
  train:
    type: ../flood-early-warning/types.yml#Period
    default: {first: '2000-01-01', last: '2001-12-31'}
  watch:
    type: ../flood-early-warning/types.yml#Period
    default: {first: '2002-01-01', last: '2002-12-31'}
  effort:
    type: ../flood-early-warning/types.yml#Effort
    default: {batches: 2, sets: 60, starts: 2, evaluations: 60, keep: 5, members: 1}

steps:
  read:
    run: tools/read.cwl
    in:
      reading: reading
      histories:
        source: catchments
        valueFrom: "$(self.map(function (c) { return c.streamflow; }))"
    out: [gauge]
  clean:
    run: ../flood-early-warning/tools/clean.cwl
    in:
      gauge: read/gauge
      catchment:
        source: catchments
        valueFrom: "$(self.filter(function (c) { return c.gauge == inputs.gauge; })[0])"
      train: train
      watch: watch
    out: [record]
  calibrate:
    run: ../flood-early-warning/calibrate.cwl
    in:
      record: clean/record
      effort: effort
    out: [parameters]
  thresholds:
    run: ../flood-early-warning/tools/thresholds.cwl
    in:
      record: clean/record
    out: [thresholds]
  forecast:
    run: tools/forecast.cwl
    in:
      reading: reading
      record: clean/record
      parameters: calibrate/parameters
      thresholds: thresholds/thresholds
    out: [river, day, level, threshold, exceeded, text]

outputs:
  river: {type: string, outputSource: forecast/river}
  day: {type: string, outputSource: forecast/day, doc: Of the highest level.}
  level: {type: double, outputSource: forecast/level, doc: The highest of the days ahead in m³/s.}
  threshold: {type: double, outputSource: forecast/threshold, doc: From where on a warning is due in m³/s.}
  exceeded: {type: boolean, outputSource: forecast/exceeded}
  text: {type: string, outputSource: forecast/text, doc: The same for people.}
