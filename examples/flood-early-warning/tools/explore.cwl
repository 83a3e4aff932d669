cwlVersion: v1.2
class: CommandLineTool
label: Score one batch of parameter sets

requirements:
  ResourceRequirement: {coresMin: 1, ramMin: 64}

baseCommand: [python3, -B]

inputs:
  script:
    type: File
    default:
      class: File
      location: ../scripts/explore.py
      secondaryFiles:
        - {class: File, location: ../scripts/command.py}
        - {class: File, location: ../scripts/hydrology.py}
        - {class: File, location: ../scripts/search.py}
        - {class: File, location: ../scripts/series.py}
        - {class: File, location: ../scripts/skill.py}
    inputBinding: {position: 0}
  record:
    type: File
    secondaryFiles: [.meta.json]
    inputBinding: {prefix: --record, position: 1}
  batch: {type: int, inputBinding: {prefix: --batch, position: 1}}
  sets: {type: int, inputBinding: {prefix: --sets, position: 1}}

outputs:
  best:
    type: File
    outputBinding: {glob: "explored-*.json"}
