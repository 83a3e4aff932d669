cwlVersion: v1.2
class: CommandLineTool
label: Flood thresholds from the training record

requirements:
  ResourceRequirement: {coresMin: 1, ramMin: 64}

baseCommand: [python3, -B]

inputs:
  script:
    type: File
    default:
      class: File
      location: ../scripts/thresholds.py
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

outputs:
  thresholds:
    type: File
    outputBinding: {glob: thresholds.json}
