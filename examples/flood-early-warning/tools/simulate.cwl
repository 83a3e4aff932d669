cwlVersion: v1.2
class: CommandLineTool
label: One member of the ensemble

requirements:
  ResourceRequirement: {coresMin: 1, ramMin: 64}

baseCommand: [python3, -B]

inputs:
  script:
    type: File
    default:
      class: File
      location: ../scripts/simulate.py
      secondaryFiles:
        - {class: File, location: ../scripts/command.py}
        - {class: File, location: ../scripts/hydrology.py}
        - {class: File, location: ../scripts/series.py}
    inputBinding: {position: 0}
  record:
    type: File
    secondaryFiles: [.meta.json]
    inputBinding: {prefix: --record, position: 1}
  parameters: {type: File, inputBinding: {prefix: --parameters, position: 1}}
  member: {type: int, inputBinding: {prefix: --member, position: 1}}

outputs:
  flow:
    type: File
    outputBinding: {glob: "member-*.csv"}
