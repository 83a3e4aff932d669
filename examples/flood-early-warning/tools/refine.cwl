cwlVersion: v1.2
class: CommandLineTool
label: Improve one parameter set by a local search

requirements:
  ResourceRequirement: {coresMin: 1, ramMin: 64}

baseCommand: [python3, -B]

inputs:
  script:
    type: File
    default:
      class: File
      location: ../scripts/refine.py
      secondaryFiles:
        - {class: File, location: ../scripts/explore.py}
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
  candidates: {type: File, inputBinding: {prefix: --candidates, position: 1}}
  rank: {type: int, inputBinding: {prefix: --rank, position: 1}}
  evaluations: {type: int, inputBinding: {prefix: --evaluations, position: 1}}

outputs:
  best:
    type: File
    outputBinding: {glob: "refined-*.json"}
