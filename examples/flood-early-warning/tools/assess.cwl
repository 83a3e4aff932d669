cwlVersion: v1.2
class: CommandLineTool
label: The ensemble against observations and thresholds

requirements:
  InlineJavascriptRequirement: {}
  ResourceRequirement: {coresMin: 1, ramMin: 64}

baseCommand: [python3, -B]

inputs:
  script:
    type: File
    default:
      class: File
      location: ../scripts/assess.py
      secondaryFiles:
        - {class: File, location: ../scripts/command.py}
        - {class: File, location: ../scripts/hydrology.py}
        - {class: File, location: ../scripts/series.py}
        - {class: File, location: ../scripts/skill.py}
    inputBinding: {position: 0}
  record:
    type: File
    secondaryFiles: [.meta.json]
    inputBinding: {prefix: --record, position: 1}
  thresholds: {type: File, inputBinding: {prefix: --thresholds, position: 1}}
  members: {type: "File[]", inputBinding: {position: 2}, doc: The control first.}

outputs:
  ensemble:
    type: File
    outputBinding: {glob: "*.ensemble.csv"}
    doc: Observed and simulated discharge of each day and the chance of each threshold.
  skill:
    type: File
    outputBinding: {glob: "*.skill.csv"}
  status:
    type: File
    outputBinding: {glob: "*.status.json"}
  exceeded:
    type: boolean
    outputBinding:
      glob: "*.status.json"
      loadContents: true
      outputEval: $(JSON.parse(self[0].contents).exceeded)
    doc: Whether a warning is due.
