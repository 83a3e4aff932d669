cwlVersion: v1.2
class: CommandLineTool
label: The text of a flood warning

requirements:
  ResourceRequirement: {coresMin: 1, ramMin: 64}

baseCommand: [python3, -B]

inputs:
  script:
    type: File
    default:
      class: File
      location: ../scripts/bulletin.py
      secondaryFiles:
        - {class: File, location: ../scripts/command.py}
    inputBinding: {position: 0}
  status: {type: File, inputBinding: {prefix: --status, position: 1}}
  thresholds: {type: File, inputBinding: {prefix: --thresholds, position: 1}}

outputs:
  bulletin:
    type: File
    outputBinding: {glob: "*-warning.txt"}
