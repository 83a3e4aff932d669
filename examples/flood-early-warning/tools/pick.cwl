cwlVersion: v1.2
class: CommandLineTool
label: Pick the best parameter sets

requirements:
  ResourceRequirement: {coresMin: 1, ramMin: 64}

baseCommand: [python3, -B]

inputs:
  script:
    type: File
    default:
      class: File
      location: ../scripts/pick.py
      secondaryFiles:
        - {class: File, location: ../scripts/command.py}
        - {class: File, location: ../scripts/search.py}
        - {class: File, location: ../scripts/skill.py}
    inputBinding: {position: 0}
  keep: {type: int, inputBinding: {prefix: --keep, position: 1}}
  name: {type: string, inputBinding: {prefix: --out, position: 1}}
  batches: {type: "File[]", inputBinding: {position: 2}}

outputs:
  best:
    type: File
    outputBinding: {glob: $(inputs.name)}
