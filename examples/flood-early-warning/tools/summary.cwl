cwlVersion: v1.2
class: CommandLineTool
label: The page for people

requirements:
  ResourceRequirement: {coresMin: 1, ramMin: 64}

baseCommand: [python3, -B]

inputs:
  script:
    type: File
    default:
      class: File
      location: ../scripts/summary.py
      secondaryFiles:
        - {class: File, location: ../scripts/command.py}
    inputBinding: {position: 0}
  title: {type: string, inputBinding: {prefix: --title, position: 1}}
  skill: {type: File, inputBinding: {prefix: --skill, position: 1}}
  status: {type: "File[]", inputBinding: {prefix: --status, position: 1}}
  quality: {type: "File[]", inputBinding: {prefix: --quality, position: 1}}
  thresholds: {type: "File[]", inputBinding: {prefix: --thresholds, position: 1}}
  parameters: {type: "File[]", inputBinding: {prefix: --parameters, position: 1}}
  hydrographs: {type: "File[]", inputBinding: {prefix: --hydrographs, position: 1}}

outputs:
  page:
    type: File
    outputBinding: {glob: summary.html}
